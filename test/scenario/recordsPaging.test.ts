import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { createTestTable } from '../support/records.ts';

let app: TestApp;
let owner: Awaited<ReturnType<TestApp['signUp']>>;

beforeAll(async () => {
  app = await startApp();
  owner = await app.signUp();
});

it('walking pages while records are added meets every earlier record once', async () => {
  const plan = fc.record({
    before: fc.integer({ min: 0, max: 40 }),
    limit: fc.integer({ min: 1, max: 9 }),
    added: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 50 }),
  });
  await fc.assert(
    fc.asyncProperty(plan, async ({ before, limit, added }) => {
      const t = await createTestTable(app, [{ title: 'A', uidt: 'Number' }], { owner });
      if (before > 0)
        await t.records(
          'POST',
          '',
          Array.from({ length: before }, (_, i) => ({ A: i })),
        );
      const seen: number[] = [];
      for (let page = 0; ; page += 1) {
        const answer = await t.records('GET', `?limit=${limit}&offset=${page * limit}&fields=Id`);
        seen.push(...answer.body.list.map((row: { Id: number }) => row.Id));
        if (answer.body.pageInfo.isLastPage) break;
        const rows = added[page] ?? 0;
        if (rows > 0)
          await t.records(
            'POST',
            '',
            Array.from({ length: rows }, () => ({ A: 7 })),
          );
      }
      expect(new Set(seen).size).toBe(seen.length);
      const earlier = seen.filter((id) => id <= before);
      expect(earlier).toEqual(Array.from({ length: before }, (_, i) => i + 1));
    }),
    { numRuns: 25 },
  );
});

it('pages of rows that sort equal neither overlap nor miss any', async () => {
  const t = await createTestTable(app, [{ title: 'A', uidt: 'Number' }], { owner });
  await t.records(
    'POST',
    '',
    Array.from({ length: 50 }, (_, i) => ({ A: i % 3 })),
  );
  for (const sort of ['A', '-A', 'A,-Id', '-CreatedAt']) {
    const seen = new Set<number>();
    for (let offset = 0; offset < 50; offset += 7) {
      const { list } = (await t.records('GET', `?sort=${sort}&limit=7&offset=${offset}`)).body;
      for (const row of list) seen.add(row.Id);
    }
    expect(seen.size).toBe(50);
  }
});
