import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../support/app.ts';
import { type Ask, as, columnOf, createBase, createTable, insert, ok, readRecords, wires } from '../support/structure.ts';

let admin: Ask;
let baseId: string;
let tables = 0;
// biome-ignore lint/suspicious/noExplicitAny: answers of any shape
let table: any;

beforeAll(async () => {
  const app = await startApp();
  admin = as(app, (await app.signUp()).jwt);
  baseId = (await createBase(admin)).id;
});

beforeEach(async () => {
  table = await createTable(admin, baseId, `T${++tables}`, [
    { title: 'Name', uidt: 'SingleLineText' },
    { title: 'Note', uidt: 'LongText' },
  ]);
});

const columnPath = (title: string, of = table) => `/api/v2/meta/columns/${columnOf(of, title).id}`;
const add = (item: unknown) => admin('POST', `/api/v2/meta/tables/${table.id}/columns`, item);
const patch = (title: string, body: unknown) => admin('PATCH', columnPath(title), body);
const fill = (...names: (string | null)[]) => insert(admin, table.id, names.map((Name) => ({ Name })));
const names = async (title = 'Name') => (await readRecords(admin, table.id)).map((record) => record[title]);
const reload = async () => {
  table = await ok(admin('GET', `/api/v2/meta/tables/${table.id}`));
  return table;
};

describe.each(wires)('columns of $wire', ({ meta }) => {
  it('are added, read, renamed, described and deleted', async () => {
    const path = `${meta}/tables/${table.id}/columns`;
    const added = await ok(admin('POST', path, { title: 'Age', uidt: 'Number', description: 'years', meta: { x: 1 } }));
    expect(added.columnsHash).not.toBe(table.columnsHash);
    const age = columnOf(added, 'Age');
    expect(await ok(admin('GET', `${meta}/columns/${age.id}`))).toEqual(age);
    expect(age).toMatchObject({ dt: 'bigint', system: false, pk: false, description: 'years', meta: { x: 1 } });
    const renamed = await ok(admin('PATCH', `${meta}/columns/${age.id}`, { title: 'Years' }));
    expect(columnOf(renamed, 'Years')).toMatchObject({ id: age.id, column_name: age.column_name, uidt: 'Number' });
    expect(await ok(admin('POST', `${meta}/columns/${age.id}/primary`))).toBe(true);
    expect(columnOf(await reload(), 'Years').pv).toBe(true);
    expect(columnOf(table, 'Name').pv).toBe(false);
    const after = await ok(admin('DELETE', `${meta}/columns/${age.id}`));
    expect(after.columns.map((each: { title: string }) => each.title)).not.toContain('Years');
    expect(columnOf(after, 'Name').pv).toBe(true);
    expect((await admin('GET', `${meta}/columns/${age.id}`)).body.error).toBe('ERR_FIELD_NOT_FOUND');
  });

  it('change in bulk against the hash, the good ones although others fail', async () => {
    const path = `${meta}/tables/${table.id}/columns`;
    const { hash } = await ok(admin('GET', `${path}/hash`));
    expect(hash).toBe(table.columnsHash);
    const bad = { op: 'add', column: { title: 'Name', uidt: 'Number' } };
    const answer = await ok(
      admin('POST', `${path}/bulk`, {
        hash,
        ops: [
          { op: 'add', column: { title: 'New', uidt: 'Number' } },
          bad,
          { op: 'update', column: { id: columnOf(table, 'Note').id, title: 'Remark' } },
          { op: 'delete', column: { id: 'c0' } },
        ],
      }),
    );
    expect(answer.failedOps).toMatchObject([
      { ...bad, error: expect.stringContaining('Duplicate column alias') },
      { op: 'delete', column: { id: 'c0' } },
    ]);
    expect((await reload()).columns.map((each: { title: string }) => each.title).slice(-3)).toEqual([
      'Name',
      'Remark',
      'New',
    ]);
    const stale = await admin('POST', `${path}/bulk`, { hash, ops: [] });
    expect([stale.status, stale.body.error]).toEqual([409, 'ERR_OUT_OF_SYNC']);
    expect((await admin('POST', `${path}/bulk`, { hash, ops: [{ op: 'drop', column: {} }] })).status).toBe(400);
  });
});

describe('adding a column', () => {
  it('gives records that are there the default', async () => {
    await fill('a', 'b');
    await ok(add({ title: 'Age', uidt: 'Number', cdf: '7', rqd: true }));
    expect(await names('Age')).toEqual([7, 7]);
    await ok(add({ title: 'Active', uidt: 'Checkbox', cdf: true }));
    expect(await names('Active')).toEqual([true, true]);
  });

  it('gives them what the server makes, too', async () => {
    await fill('a', 'b', 'c');
    await ok(add({ title: 'No', uidt: 'AutoNumber' }));
    await ok(add({ title: 'Key', uidt: 'UUID' }));
    await ok(add({ title: 'Made', uidt: 'CreatedTime' }));
    await fill('d');
    expect(await names('No')).toEqual([1, 2, 3, 4]);
    expect(new Set(await names('Key')).size).toBe(4);
    const { list } = await ok(admin('GET', `/api/v2/tables/${table.id}/records`));
    for (const record of list) expect(record.Made).toBe(record.CreatedAt);
  });

  it.each([
    ['a duplicate', { title: 'name', uidt: 'Number' }, 422, 'ERR_DUPLICATE_IN_ALIAS'],
    ['a required one without default', { title: 'x', uidt: 'Number', rqd: true }, 422, 'ERR_COLUMN_OP_FAILED'],
    ['a unique one with default', { title: 'x', uidt: 'Number', unique: true, cdf: 1 }, 422, 'ERR_COLUMN_OP_FAILED'],
    ['a key', { title: 'x', uidt: 'ID' }, 422, 'ERR_COLUMN_OP_FAILED'],
    ['a unique JSON', { title: 'x', uidt: 'JSON', unique: true }, 422, 'ERR_COLUMN_OP_FAILED'],
    ['no type', { title: 'x' }, 400, undefined],
    ['an unknown type', { title: 'x', uidt: 'Links' }, 400, 'ERR_INVALID_REQUEST_BODY'],
    ['options twice', { title: 'x', uidt: 'SingleSelect', dtxp: "'a','a'" }, 400, 'ERR_INVALID_REQUEST_BODY'],
  ])('refuses %s and changes nothing', async (_what, item, status, error) => {
    await fill('a', 'b');
    const answer = await add(item);
    expect([answer.status, answer.body.error]).toEqual([status, error]);
    expect((await reload()).columns).toHaveLength(8);
  });
});

describe('a column that others rely on', () => {
  it.each([
    ['Id', "The column 'Id' is a system column and cannot be deleted."],
    ['CreatedAt', "The column 'CreatedAt' is a system column and cannot be deleted."],
  ])('%s cannot be deleted', async (title, msg) => {
    const answer = await admin('DELETE', columnPath(title));
    expect([answer.status, answer.body.msg]).toEqual([400, msg]);
  });

  it.each([
    ['CreatedAt', { title: 'Made' }],
    ['CreatedAt', { uidt: 'SingleLineText' }],
    ['nc_order', { rqd: true }],
    ['Id', { uidt: 'SingleLineText' }],
    ['Id', { pk: false }],
    ['Id', { rqd: false }],
    ['Name', { uidt: 'ID' }],
    ['Name', { uidt: 'CreatedTime' }],
    ['Name', { pk: true }],
  ])('%s does not change by %j', async (title, body) => {
    const answer = await patch(title, body);
    expect([answer.status, answer.body.error]).toEqual([422, 'ERR_COLUMN_OP_FAILED']);
    expect((await reload()).columnsHash).toBe(table.columnsHash);
  });

  it('may be echoed back whole', async () => {
    for (const column of table.columns) {
      const after = await ok(admin('PATCH', `/api/v2/meta/columns/${column.id}`, column));
      expect(columnOf(after, column.title)).toMatchObject({ uidt: column.uidt, pk: column.pk, rqd: column.rqd });
    }
  });

  it('leaves the display to the key when it is the last', async () => {
    await ok(admin('DELETE', columnPath('Name')));
    const left = await ok(admin('DELETE', columnPath('Note')));
    expect(columnOf(left, 'Id').pv).toBe(true);
  });
});

describe('required and unique', () => {
  it('are refused while records break them, and hold afterwards', async () => {
    await fill('a', null, 'a');
    const required = await patch('Name', { rqd: true });
    expect([required.status, required.body.error]).toEqual([422, 'ERR_COLUMN_OP_FAILED']);
    expect(required.body.message).toContain('1 record(s)');
    const unique = await patch('Name', { unique: true });
    expect(unique.body.message).toContain("'a'");
    const records = `/api/v2/tables/${table.id}/records`;
    await ok(admin('PATCH', records, [{ Id: 2, Name: 'b' }, { Id: 3, Name: 'c' }]));
    expect(columnOf(await ok(patch('Name', { rqd: true, unique: true })), 'Name')).toMatchObject({
      rqd: true,
      unique: true,
    });
    expect((await admin('POST', records, { Note: 'x' })).status).toBe(422);
    expect((await admin('POST', records, { Name: 'a' })).status).toBe(400);
    await ok(patch('Name', { rqd: false, unique: false }));
    await fill('a', null);
    await ok(admin('DELETE', columnPath('Name')));
  });

  it('stay when the type changes', async () => {
    await fill('1', '2');
    await ok(patch('Name', { rqd: true, unique: true }));
    await ok(patch('Name', { uidt: 'Number' }));
    expect((await admin('POST', `/api/v2/tables/${table.id}/records`, { Name: 2 })).status).toBe(400);
    expect((await admin('POST', `/api/v2/tables/${table.id}/records`, { Name: null })).status).toBe(422);
    const back = await patch('Name', { uidt: 'SingleLineText', unique: false });
    expect(columnOf(back.body, 'Name')).toMatchObject({ unique: false, rqd: true });
  });

  it('are not joined by a conversion that makes values equal', async () => {
    await fill('1', '01');
    await ok(patch('Name', { unique: true }));
    const answer = await patch('Name', { uidt: 'Number' });
    expect([answer.status, answer.body.error]).toEqual([422, 'ERR_COLUMN_OP_FAILED']);
    expect(await names()).toEqual(['1', '01']);
  });
});

describe('the choices of a select', () => {
  const choices = async () => columnOf(await reload(), 'State').colOptions.options;
  const fillStates = (...states: (string | null)[]) =>
    insert(admin, table.id, states.map((State) => ({ State })));

  it.each(['SingleSelect', 'MultiSelect'])('of %s rename and remove values', async (uidt) => {
    table = await ok(add({ title: 'State', uidt, colOptions: { options: [{ title: 'a' }, { title: 'b' }, { title: 'c' }] } }));
    await fillStates('a', 'b', 'c', null);
    const [a, b] = await choices();
    // Swapped titles, one removed, one new.
    await ok(patch('State', { colOptions: { options: [{ ...a, title: 'b' }, { ...b, title: 'a' }, { title: 'd' }] } }));
    expect(await names('State')).toEqual(['b', 'a', null, null]);
    expect((await choices()).map((choice: { title: string }) => choice.title)).toEqual(['b', 'a', 'd']);
    expect((await choices())[0].id).toBe(a.id);
  });

  it('stay when something else changes, and defaults follow them', async () => {
    table = await ok(add({ title: 'State', uidt: 'MultiSelect', dtxp: "'a','b'", cdf: 'a,b' }));
    const before = await choices();
    await ok(patch('State', { title: 'State', meta: { hint: 1 }, description: 'x' }));
    expect(await choices()).toEqual(before);
    await insert(admin, table.id, [{ State: ['a', 'b'] }]);
    await ok(patch('State', { colOptions: { options: [{ ...before[0], title: 'z' }] } }));
    expect(columnOf(await reload(), 'State').cdf).toBe('z');
    expect(await names('State')).toEqual(['z']);
  });

  it('name people, too: several do not fit into one', async () => {
    const me = await ok(admin('GET', '/api/v2/auth/user/me'));
    const friend = 'friend@example.org';
    await ok(admin('POST', `/api/v2/meta/bases/${baseId}/users`, { email: friend, roles: 'editor' }));
    await ok(add({ title: 'Who', uidt: 'User', meta: { is_multi: true }, cdf: me.email }));
    await reload();
    await insert(admin, table.id, [{ Name: 'a' }, { Who: `${me.email},${friend}` }, { Who: null }]);
    const refused = await patch('Who', { meta: { is_multi: false } });
    expect(refused.body).toMatchObject({ rejectedCount: 1, rejected: [{ key: '2' }] });
    await ok(admin('PATCH', `/api/v2/tables/${table.id}/records`, [{ Id: 2, Who: friend }]));
    await ok(patch('Who', { meta: { is_multi: false } }));
    expect(await names('Who')).toMatchObject([[{ id: me.id }], [{ email: friend }], null]);
  });
});

describe('changing the type', () => {
  it.each([
    ['Number', ['1', ' -2 ', '', null, '9007199254740993'], [1, -2, null, null, '9007199254740993']],
    ['Decimal', ['1.50', '-0.1'], [1.5, -0.1]],
    ['Checkbox', ['true', 'false', null], [true, false, null]],
    ['Date', ['2024-02-29', null], ['2024-02-29', null]],
    ['DateTime', ['2024-02-29T10:00:00Z'], ['2024-02-29 10:00:00+00:00']],
    ['Time', ['10:30'], ['10:30:00']],
    ['Year', ['2024'], [2024]],
    ['JSON', ['{"a":1}', null], [{ a: 1 }, null]],
    ['LongText', ['a', '', null], ['a', '', null]],
    ['Email', ['a@b.de', null], ['a@b.de', null]],
    ['SingleSelect', ['red', 'blue', 'red', '', null], ['red', 'blue', 'red', null, null]],
    ['MultiSelect', ['a,b', ' b , c', null], ['a,b', 'b,c', null]],
  ])('of text to %s converts the values', async (uidt, before, after) => {
    await fill(...before);
    const changed = await ok(patch('Name', { uidt }));
    expect(columnOf(changed, 'Name')).toMatchObject({
      uidt,
      column_name: columnOf(table, 'Name').column_name,
      id: columnOf(table, 'Name').id,
    });
    expect(await names()).toEqual(after);
  });

  it.each([
    ['Number', [7, null, -1], 'SingleLineText', ['7', null, '-1']],
    ['Number', [7, 8], 'Decimal', [7, 8]],
    ['Number', [1, 0], 'Checkbox', [true, false]],
    ['Number', [3, 4], 'SingleSelect', ['3', '4']],
    ['Decimal', ['1.25', '2'], 'LongText', ['1.25', '2']],
    ['Date', ['2024-01-31'], 'DateTime', ['2024-01-31 00:00:00+00:00']],
    ['DateTime', ['2024-01-31 12:00:00+00:00'], 'SingleLineText', ['2024-01-31 12:00:00+00:00']],
    ['Checkbox', [true, null], 'SingleLineText', ['true', null]],
    ['JSON', [{ a: [1] }], 'LongText', ['{"a":[1]}']],
  ])('of %s %j to %s', async (from, before, to, after) => {
    table = await ok(add({ title: 'Value', uidt: from }));
    await insert(admin, table.id, before.map((Value) => ({ Value })));
    await ok(patch('Value', { uidt: to }));
    expect(await names('Value')).toEqual(after);
  });

  it.each([
    ['Number', ['1', 'x', '1.5', '2']],
    ['Date', ['2024-02-29', '2023-02-29', 'soon', 'x']],
    ['Checkbox', ['true', 'perhaps', 'never', 'false']],
    ['JSON', ['1', '{', "{'a':1}", 'null']],
  ])('to %s is refused as a whole with every bad record', async (uidt, before) => {
    await fill(...before);
    const answer = await patch('Name', { uidt, title: 'Other' });
    expect([answer.status, answer.body.error, answer.body.rejectedCount]).toEqual([422, 'ERR_COLUMN_OP_FAILED', 2 + Number(before[3] === 'x')]);
    expect(answer.body.rejected[0]).toMatchObject({ key: '2', value: before[1], reason: expect.any(String) });
    expect((await reload()).columnsHash).toBe(table.columnsHash);
    expect(columnOf(table, 'Name').uidt).toBe('SingleLineText');
    expect(await names()).toEqual(before);
  });

  it('shows a hundred refused records and counts them all', async () => {
    await fill(...Array.from({ length: 2500 }, (_, i) => (i % 2 === 0 ? `bad ${i}` : String(i))));
    const answer = await patch('Name', { uidt: 'Number' });
    expect(answer.body.rejected).toHaveLength(100);
    expect(answer.body.rejectedCount).toBe(1250);
  });

  it('converts thousands of records', async () => {
    await fill(...Array.from({ length: 2500 }, (_, i) => String(i)));
    await ok(patch('Name', { uidt: 'Number' }));
    const { list } = await ok(admin('GET', `/api/v2/tables/${table.id}/records?sort=-Name&limit=1`));
    expect(list[0].Name).toBe(2499);
    expect((await ok(admin('GET', `/api/v2/tables/${table.id}/records/count?where=(Name,lt,1000)`))).count).toBe(1000);
  });

  it('to a select takes given choices, or at most 500 from the data', async () => {
    await fill('a', 'b');
    const refused = await patch('Name', { uidt: 'SingleSelect', colOptions: { options: [{ title: 'a' }] } });
    expect(refused.body).toMatchObject({ rejectedCount: 1, rejected: [{ key: '2', value: 'b' }] });
    await insert(admin, table.id, Array.from({ length: 501 }, (_, i) => ({ Note: `n${i}` })));
    const many = await patch('Note', { uidt: 'SingleSelect' });
    expect(many.body.message).toContain('more than 500');
    await ok(patch('Name', { uidt: 'SingleSelect' }));
    await ok(patch('Name', { uidt: 'MultiSelect' }));
    expect(columnOf(await reload(), 'Name').colOptions.options).toMatchObject([{ title: 'a' }, { title: 'b' }]);
  });

  it('carries a default over when it fits', async () => {
    await ok(patch('Name', { cdf: '5' }));
    expect(columnOf(await ok(patch('Name', { uidt: 'Number' })), 'Name').cdf).toBe('5');
    await ok(patch('Note', { cdf: 'words' }));
    expect(columnOf(await ok(patch('Note', { uidt: 'Number' })), 'Note').cdf).toBeNull();
    expect((await patch('Name', { cdf: 'x' })).status).toBe(422);
    expect(columnOf(await ok(patch('Name', { cdf: null })), 'Name').cdf).toBeNull();
  });
});
