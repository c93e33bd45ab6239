import { beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { createTestTable, type TestTable } from '../support/records.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});

describe('a key of several columns', () => {
  let t: TestTable;

  beforeAll(async () => {
    t = await createTestTable(app, [
      { title: 'Code', uidt: 'SingleLineText', pk: true },
      { title: 'No', uidt: 'Number', pk: true },
      { title: 'A', uidt: 'SingleLineText' },
    ]);
    const made = await t.records('POST', '', [
      { Code: 'x', No: 1, A: 'one' },
      { Code: 'x', No: 2, A: 'two' },
      { Code: 'a_b', No: 1, A: 'three' },
    ]);
    expect(made.body).toEqual([
      { Code: 'x', No: 1 },
      { Code: 'x', No: 2 },
      { Code: 'a_b', No: 1 },
    ]);
  });

  it('is addressed by its parts joined', async () => {
    expect((await t.records('GET', '/x___2')).body.A).toBe('two');
    expect((await t.records('GET', `/${encodeURIComponent('a\\_b___1')}`)).body.A).toBe('three');
    expect((await t.records('GET', '/x___9')).status).toBe(404);
    for (const id of ['x', 'x___1___2', 'x___y']) {
      const answer = await t.records('GET', `/${id}`);
      expect([answer.status, answer.body.error]).toEqual([422, 'ERR_INVALID_PK_VALUE']);
    }
    expect((await t.records('GET', '?pks=x___1,x___2&fields=A')).body.list).toEqual([
      { A: 'one' },
      { A: 'two' },
    ]);
    expect((await t.data('GET', '/x___1/exist')).body).toBe(true);
  });

  it('is given whole in bodies', async () => {
    expect((await t.records('PATCH', '', { Code: 'x', No: '1', A: 'uno' })).body).toEqual({
      Code: 'x',
      No: '1',
    });
    expect((await t.records('GET', '/x___1')).body.A).toBe('uno');
    expect((await t.records('PATCH', '', [{ Code: 'x', A: 'all' }])).status).toBe(422);
    expect((await t.records('DELETE', '', { Code: 'x' })).status).toBe(422);
    const again = await t.records('POST', '', { Code: 'x', No: 1 });
    expect([again.status, again.body.error]).toEqual([422, 'ERR_DUPLICATE_RECORD']);
    expect((await t.records('POST', '', { Code: 'x' })).body.msg).toBe("Field 'No' is required");
    expect(
      (
        await t.bulk('POST', '/upsert', [
          { Code: 'x', No: 1, A: 'I' },
          { Code: 'y', No: 1, A: 'new' },
        ])
      ).body,
    ).toMatchObject([
      { Code: 'x', No: 1, A: 'I' },
      { Code: 'y', No: 1, A: 'new' },
    ]);
    expect((await t.records('DELETE', '', ['y___1', { Code: 'x', No: 2 }])).body).toEqual([
      { Code: 'y', No: 1 },
      { Code: 'x', No: 2 },
    ]);
    expect(await t.count()).toBe(2);
  });
});

describe('a text key', () => {
  it('is taken from the caller, as it is', async () => {
    const t = await createTestTable(app, [
      { title: 'Slug', uidt: 'SingleLineText', pk: true },
      { title: 'A', uidt: 'Number' },
    ]);
    const slugs = ['a_b', 'a___b', 'with / slash', 'quo\'te"', 'é%', '1'];
    const made = await t.records(
      'POST',
      '',
      slugs.map((Slug, A) => ({ Slug, A })),
    );
    expect(made.body).toEqual(slugs.map((Slug) => ({ Slug })));
    for (const [A, slug] of slugs.entries()) {
      expect((await t.records('GET', `/${encodeURIComponent(slug)}`)).body).toMatchObject({ Slug: slug, A });
    }
    expect((await t.records('POST', '', { A: 1 })).body.msg).toBe("Field 'Slug' is required");
    expect((await t.records('PATCH', '', { Slug: 'a_b', A: 9 })).status).toBe(200);
    expect((await t.data('PATCH', '/1', { Slug: 'never', A: 8 })).body).toMatchObject({ Slug: '1', A: 8 });
    expect((await t.bulk('DELETE', '', [{ Slug: 'a_b' }])).body).toEqual([{ id: 'a_b' }]);
  });
});

describe('while the table changes', () => {
  it('a write lands before, after, or is told to come again; never a 500', async () => {
    const t = await createTestTable(app, [
      { title: 'A', uidt: 'SingleLineText' },
      { title: 'B', uidt: 'SingleLineText' },
    ]);
    const b = t.wire.columns.find((c: { title: string }) => c.title === 'B').id;
    const rows = Array.from({ length: 500 }, (_, i) => ({ A: `${i}`, B: `${i}` }));
    const answers = await Promise.all([
      t.records('POST', '', rows),
      t.send('DELETE', `/api/v2/meta/columns/${b}`),
      ...Array.from({ length: 5 }, () => t.records('POST', '', rows)),
      ...Array.from({ length: 5 }, () => t.records('GET', '?sort=B&limit=3')),
    ]);
    for (const answer of answers) expect([200, 404, 409], answer.text).toContain(answer.status);
    const written = answers.filter((answer) => answer.status === 200 && Array.isArray(answer.body)).length;
    expect(await t.count()).toBe(written * 500);
  });
});
