import { beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { createTestTable, type TestTable } from '../support/records.ts';

let app: TestApp;
let table: TestTable;

beforeAll(async () => {
  app = await startApp();
  table = await createTestTable(app, [{ title: 'Name', uidt: 'SingleLineText' }], { title: 'Comings' });
});

const names = async (): Promise<unknown[]> =>
  (await table.records('GET', '?sort=Id')).body.list.map((row: { Id: number; Name: string }) => [
    row.Id,
    row.Name,
  ]);

describe('records that come back', () => {
  it('keep the keys they bring', async () => {
    await table.records('POST', '', [{ Name: 'one' }, { Name: 'two' }, { Name: 'three' }]);
    await table.records('DELETE', '', [{ Id: 1 }, { Id: 2 }]);
    const back = await table.records('POST', '?keepKeys=true', [
      { Id: 2, Name: 'two' },
      { Id: 1, Name: 'one' },
    ]);
    expect(back.status, back.text).toBe(200);
    expect(back.body).toEqual([{ Id: 2 }, { Id: 1 }]);
    expect(await names()).toEqual([
      [1, 'one'],
      [2, 'two'],
      [3, 'three'],
    ]);
    const next = await table.records('POST', '', { Name: 'four', Id: 77 });
    expect(next.body).toEqual({ Id: 4 });
  });

  it('are refused without a key, with the key of another, and by another word', async () => {
    const before = await names();
    for (const [body, query] of [
      [[{ Name: 'no key' }], 'true'],
      [
        [
          { Id: 90, Name: 'fine' },
          { Id: 1, Name: 'taken' },
        ],
        'true',
      ],
      [[{ Id: 'x', Name: 'no number' }], 'true'],
      [[{ Id: 91, Name: 'fine' }], 'yes'],
    ] as const) {
      const refused = await table.records('POST', `?keepKeys=${query}`, body);
      expect(refused.status, refused.text).toBeGreaterThanOrEqual(400);
      expect(refused.status).toBeLessThan(500);
    }
    expect(await names()).toEqual(before);
  });
});
