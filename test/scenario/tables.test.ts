import { beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import {
  type Ask,
  as,
  columnOf,
  createBase,
  createTable,
  hostileTexts,
  insert,
  ok,
  readRecords,
  wires,
} from '../support/structure.ts';

let app: TestApp;
let admin: Ask;
let base: { id: string; sources: { id: string }[] };

beforeAll(async () => {
  app = await startApp();
  admin = as(app, (await app.signUp()).jwt);
  base = await createBase(admin);
});

describe.each(wires)('tables of $wire', ({ wire, meta, bases }) => {
  it('are created with key, automatic fields and a grid', async () => {
    const title = `Authors ${wire}`;
    const table = await ok(
      admin('POST', `${bases}/${base.id}/tables`, {
        title,
        columns: [
          { title: 'Age', uidt: 'Number' },
          { column_name: 'Name', uidt: 'SingleLineText' },
        ],
      }),
    );
    const shape = (each: Record<string, unknown>) => [each.title, each.uidt, each.pk, each.pv, each.system];
    expect(table.columns.map(shape)).toEqual([
      ['Id', 'ID', true, false, false],
      ['CreatedAt', 'CreatedTime', false, false, true],
      ['UpdatedAt', 'LastModifiedTime', false, false, true],
      ['nc_created_by', 'CreatedBy', false, false, true],
      ['nc_updated_by', 'LastModifiedBy', false, false, true],
      ['nc_order', 'Order', false, false, true],
      ['Age', 'Number', false, false, false],
      ['Name', 'SingleLineText', false, true, false],
    ]);
    expect(table.views).toMatchObject([{ title, type: 3, is_default: true }]);
    expect(Object.keys(table.columnsById)).toEqual(table.columns.map((each: { id: string }) => each.id));
    expect(await ok(admin('GET', `${meta}/tables/${table.id}`))).toEqual(table);
    const { list } = await ok(admin('GET', `${bases}/${base.id}/tables`));
    expect(list.map((each: { id: string }) => each.id)).toContain(table.id);
    const bySource = await ok(admin('GET', `${bases}/${base.id}/${base.sources[0]?.id}/tables`));
    expect(bySource.list).toEqual(list);
    expect((await admin('GET', `${bases}/${base.id}/b0/tables`)).status).toBe(404);
  });

  it('are renamed by title alone, described and reordered; the physical name stays', async () => {
    const table = await createTable(admin, base.id, `Old ${wire}`, []);
    const path = `${meta}/tables/${table.id}`;
    const done = { msg: 'The table has been updated successfully' };
    expect(await ok(admin('PATCH', path, { title: `New ${wire}` }))).toEqual(done);
    expect(await ok(admin('PATCH', path, { meta: { icon: '🎵' } }))).toEqual(done);
    expect(await ok(admin('PATCH', path, { description: 'words' }))).toEqual(done);
    expect(await ok(admin('POST', `${path}/reorder`, { order: 0.5 }))).toBe(1);
    const after = await ok(admin('GET', path));
    expect(after).toMatchObject({
      title: `New ${wire}`,
      meta: { icon: '🎵' },
      description: 'words',
      order: 0.5,
    });
    expect(after.table_name).toBe(table.table_name);
    const { list } = await ok(admin('GET', `${bases}/${base.id}/tables`));
    expect(list[0].id).toBe(table.id);
    await ok(admin('DELETE', path));
  });

  it('are deleted once', async () => {
    const table = await createTable(admin, base.id, `Gone ${wire}`, []);
    expect(await ok(admin('DELETE', `${meta}/tables/${table.id}`))).toBe(true);
    const again = await admin('DELETE', `${meta}/tables/${table.id}`);
    expect([again.status, again.body.error]).toEqual([404, 'ERR_TABLE_NOT_FOUND']);
  });

  it('list their views and the fields of each', async () => {
    const table = await createTable(admin, base.id, `Viewed ${wire}`, [{ title: 'Name', uidt: 'Email' }]);
    const { list } = await ok(admin('GET', `${meta}/tables/${table.id}/views`));
    expect(list).toMatchObject([{ title: `Viewed ${wire}`, ptn: table.table_name, _ptn: table.title }]);
    const columns = await ok(admin('GET', `${meta}/views/${list[0].id}/columns`));
    const shown = columns.list.filter((each: { show: boolean }) => each.show);
    expect(shown.map((each: { fk_column_id: string }) => each.fk_column_id)).toEqual([
      columnOf(table, 'Id').id,
      columnOf(table, 'Name').id,
    ]);
    expect((await admin('GET', `${meta}/views/vw0/columns`)).status).toBe(404);
  });
});

describe('creating a table', () => {
  const post = (body: unknown) => admin('POST', `/api/v2/meta/bases/${base.id}/tables`, body);
  const count = async () => (await ok(admin('GET', `/api/v2/meta/bases/${base.id}/tables`))).list.length;

  it.each([
    ['no columns', { title: 'x' }, 400, /Invalid request body/],
    ['no title', { columns: [] }, 400, /empty/],
    ['columns that are no list', { title: 'x', columns: {} }, 400, /Invalid request body/],
    ['a field without type', { title: 'x', columns: [{ title: 'a' }] }, 400, /Invalid request body/],
    ['a field without title', { title: 'x', columns: [{ uidt: 'Number' }] }, 400, /neither/],
    ['an unknown type', { title: 'x', columns: [{ title: 'a', uidt: 'Nope' }] }, 400, /SingleLineText/],
    ['a virtual type', { title: 'x', columns: [{ title: 'a', uidt: 'Formula' }] }, 400, /not available/],
    [
      'two fields of one title',
      {
        title: 'x',
        columns: [
          { title: 'a', uidt: 'Number' },
          { title: 'A', uidt: 'Number' },
        ],
      },
      422,
      /Duplicate column alias 'A'/,
    ],
    [
      'a wrong default',
      { title: 'x', columns: [{ title: 'a', uidt: 'Number', cdf: 'many' }] },
      422,
      /default value/,
    ],
    [
      'wrong options',
      { title: 'x', columns: [{ title: 'a', uidt: 'Rating', meta: { max: -1 } }] },
      400,
      /Field 'a'/,
    ],
    ['a JSON key', { title: 'x', columns: [{ title: 'a', uidt: 'JSON', pk: true }] }, 422, /cannot be a key/],
    [
      'a numbered key of two fields',
      {
        title: 'x',
        columns: [
          { title: 'a', uidt: 'ID' },
          { title: 'b', uidt: 'Number', pk: true },
        ],
      },
      422,
      /several fields/,
    ],
    [
      'too many fields',
      { title: 'x', columns: Array.from({ length: 500 }, (_, i) => ({ title: `c${i}`, uidt: 'Number' })) },
      422,
      /at most 500/,
    ],
  ])('refuses %s and writes nothing', async (_what, body, status, text) => {
    const before = await count();
    const answer = await post(body);
    expect([answer.status, answer.body.msg]).toEqual([status, expect.stringMatching(text)]);
    expect(await count()).toBe(before);
  });

  it('refuses a title of the base, whatever its case', async () => {
    await createTable(admin, base.id, 'Taken', []);
    const answer = await post({ title: 'TAKEN', columns: [] });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      error: 'ERR_DUPLICATE_IN_ALIAS',
      message: `Duplicate table alias 'TAKEN' at base '${base.id}'`,
    });
    const free = await createTable(admin, base.id, 'Free', []);
    const renamed = await admin('PATCH', `/api/v2/meta/tables/${free.id}`, { title: 'taken' });
    expect(renamed.body.error).toBe('ERR_DUPLICATE_IN_ALIAS');
    expect((await admin('PATCH', `/api/v2/meta/tables/${free.id}`, { title: 'FREE' })).status).toBe(200);
  });

  it.each(hostileTexts)('takes %s as a title, or refuses it', async (what, text, accepted) => {
    const table = await post({ title: text, columns: [{ title: 'Name', uidt: 'SingleLineText' }] });
    const column = await post({
      title: `Field of ${what}`,
      columns: [{ title: text, uidt: 'SingleLineText' }],
    });
    expect([table.status, column.status]).toEqual(accepted ? [200, 200] : [400, 400]);
    if (!accepted) return;
    expect(table.body.table_name).toMatch(/^[A-Za-z0-9_]{1,63}$/);
    expect(columnOf(column.body, text).column_name).toMatch(/^[A-Za-z0-9_]{1,48}$/);
    await insert(admin, table.body.id, [{ Name: text }]);
    await insert(admin, column.body.id, [{ [text]: text }]);
    expect(await readRecords(admin, table.body.id)).toEqual([{ Name: text }]);
    expect(await readRecords(admin, column.body.id)).toEqual([{ [text]: text }]);
  });

  it('keeps physical names apart where titles look alike', async () => {
    const table = await createTable(admin, base.id, 'Alike', [
      { title: 'é', uidt: 'Number' },
      { title: 'e', uidt: 'Number' },
      { title: 'created at', uidt: 'Number' },
      { title: '😀', uidt: 'Number' },
      { title: '😁', uidt: 'Number' },
    ]);
    const names = table.columns.map((each: { column_name: string }) => each.column_name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    await insert(admin, table.id, [{ é: 1, e: 2, 'created at': 3, '😀': 4, '😁': 5 }]);
    expect(await readRecords(admin, table.id)).toEqual([{ é: 1, e: 2, 'created at': 3, '😀': 4, '😁': 5 }]);
  });

  it('gives way to fields titled like automatic ones', async () => {
    const table = await createTable(admin, base.id, 'Imported', [
      { title: 'Id', uidt: 'SingleLineText' },
      { title: 'createdat', uidt: 'SingleLineText' },
      { title: 'UpdatedAt', uidt: 'LastModifiedTime' },
    ]);
    expect(columnOf(table, 'Id')).toMatchObject({ uidt: 'SingleLineText', pk: false });
    expect(columnOf(table, 'Id_1')).toMatchObject({ uidt: 'ID', pk: true });
    expect(columnOf(table, 'CreatedAt_1')).toMatchObject({ uidt: 'CreatedTime', system: true });
    expect(columnOf(table, 'UpdatedAt')).toMatchObject({ uidt: 'LastModifiedTime', system: true });
  });

  it('honours key, required, unique, default, display and options', async () => {
    const table = await createTable(admin, base.id, 'Honoured', [
      { title: 'Code', uidt: 'SingleLineText', pk: 1 },
      { title: 'Name', uidt: 'SingleLineText', rqd: true },
      { title: 'Mail', uidt: 'Email', unique: true, pv: true },
      { title: 'Stars', uidt: 'Rating', cdf: '3', meta: { max: 5 } },
      { title: 'State', uidt: 'SingleSelect', dtxp: "'it''s','b'", cdf: 'b' },
      {
        title: 'Tags',
        uidt: 'MultiSelect',
        colOptions: { options: [{ title: 'x', color: '#fff' }, { title: 'y' }] },
      },
    ]);
    expect(table.columns[0]).toMatchObject({ title: 'Code', pk: true, ai: false, rqd: true });
    expect(table.columns.some((each: { uidt: string }) => each.uidt === 'ID')).toBe(false);
    expect(columnOf(table, 'Mail')).toMatchObject({ unique: true, pv: true });
    expect(columnOf(table, 'State').dtxp).toBe("'it''s','b'");
    expect(columnOf(table, 'Tags').colOptions.options).toMatchObject([
      { title: 'x', color: '#fff' },
      { title: 'y' },
    ]);
    const post = (record: unknown) => admin('POST', `/api/v2/tables/${table.id}/records`, record);
    await ok(post({ Code: 'a', Name: 'n', Mail: 'a@b.de' }));
    expect((await post({ Code: 'b', Mail: 'c@d.de' })).status).toBe(422);
    expect((await post({ Code: 'b', Name: 'n', Mail: 'a@b.de' })).status).toBe(400);
    expect((await post({ Code: 'a', Name: 'n', Mail: 'e@f.de' })).status).toBeGreaterThanOrEqual(400);
    const { list } = await ok(admin('GET', `/api/v2/tables/${table.id}/records`));
    expect(list).toMatchObject([{ Code: 'a', Stars: 3, State: 'b', Tags: null }]);
  });

  it('makes keys of several fields', async () => {
    const table = await createTable(admin, base.id, 'Pairs', [
      { title: 'A', uidt: 'Number', pk: true },
      { title: 'B', uidt: 'SingleLineText', pk: true },
      { title: 'Note', uidt: 'LongText' },
    ]);
    await insert(admin, table.id, [
      { A: 1, B: 'x', Note: 'one' },
      { A: 1, B: 'y', Note: 'two' },
    ]);
    const { list } = await ok(admin('GET', `/api/v2/tables/${table.id}/records`));
    expect(list).toMatchObject([
      { A: 1, B: 'x', Note: 'one' },
      { A: 1, B: 'y', Note: 'two' },
    ]);
    const note = columnOf(table, 'Note').id;
    await ok(admin('PATCH', `/api/v2/meta/columns/${note}`, { uidt: 'SingleSelect' }));
    const key = await admin('PATCH', `/api/v2/meta/columns/${columnOf(table, 'B').id}`, { uidt: 'Number' });
    expect([key.status, key.body.error]).toEqual([422, 'ERR_COLUMN_OP_FAILED']);
    expect((await admin('DELETE', `/api/v2/meta/columns/${columnOf(table, 'B').id}`)).status).toBe(400);
  });

  it('happens once when many ask for the same title together', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => post({ title: 'Race', columns: [] })));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 422, 422, 422, 422, 422, 422, 422]);
  });
});
