import { beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { createTestTable, type TestTable } from '../support/records.ts';

const columns = [
  { title: 'Name', uidt: 'SingleLineText' },
  { title: 'N', uidt: 'Number' },
  { title: 'D', uidt: 'Decimal' },
  { title: 'Done', uidt: 'Checkbox' },
  { title: 'Day', uidt: 'Date' },
  { title: 'f', uidt: 'SingleSelect', colOptions: { options: [{ title: 'red' }, { title: 'blue' }] } },
  { title: 'Tags', uidt: 'MultiSelect', colOptions: { options: [{ title: 'a' }, { title: 'b' }] } },
  { title: 'Data', uidt: 'JSON' },
  { title: 'Uq', uidt: 'SingleLineText', unique: true },
  { title: 'Need', uidt: 'SingleLineText', rqd: true },
  { title: 'Five', uidt: 'Number', cdf: '5' },
];

let app: TestApp;
let table: TestTable;

beforeAll(async () => {
  app = await startApp();
  table = await createTestTable(app, columns, { title: 'Things' });
  await table.records('POST', '', [ok, ok, ok]);
});

const ok = { Need: 'x' };

describe('update', () => {
  it('echoes keys as sent and stamps the time', async () => {
    const made = await table.records('POST', '', [ok, ok]);
    const [a, b] = made.body.map((r: { Id: number }) => r.Id);
    expect((await table.records('PATCH', '', { Id: String(a), Name: 'A' })).body).toEqual({ Id: String(a) });
    expect(
      (
        await table.records('PATCH', '', [
          { Id: a, N: 1 },
          { Id: b, Name: 'B' },
        ])
      ).body,
    ).toEqual([{ Id: a }, { Id: b }]);
    const read = await table.records('GET', `/${a}`);
    expect(read.body).toMatchObject({ Name: 'A', N: 1 });
    expect(read.body.UpdatedAt).toMatch(/\+00:00$/);
    expect((await table.records('GET', `/${b}`)).body).toMatchObject({ Name: 'B', N: null });
  });

  it.each([
    ['no key in an object', { Name: 'x' }, 404, "Record 'unknown' not found"],
    ['no key in a list', [{ Name: 'x' }], 422, 'Primary key is required'],
    [
      'a repeated key',
      [
        { Id: 1, Name: 'x' },
        { Id: '1', Name: 'y' },
      ],
      422,
      'Duplicate record with id 1',
    ],
    ['a missing record', { Id: 99999, Name: 'x' }, 404, "Record '99999' not found"],
    [
      'a missing record in a list',
      [
        { Id: 1, Name: 'new' },
        { Id: 99999, Name: 'x' },
      ],
      404,
      "Record '99999' not found",
    ],
    ['a missing record and nothing to change', { Id: 99999 }, 404, "Record '99999' not found"],
    [
      'a key that is no key',
      { Id: 'abc', Name: 'x' },
      422,
      "Primary key value 'abc' is invalid for column 'Id'",
    ],
    ['only unknown fields', { Id: 1, Nope: 'x' }, 422, /no field 'Nope'/],
  ])('%s', async (_what, body, status, message) => {
    const before = (await table.records('GET', '/1')).body;
    const answer = await table.records('PATCH', '', body);
    expect(answer.status).toBe(status);
    expect(answer.body.msg).toMatch(message);
    expect((await table.records('GET', '/1')).body).toEqual(before);
  });

  it('a path with id is no route', async () => {
    expect((await table.records('PATCH', '/1', ok)).status).toBe(404);
    expect((await table.records('DELETE', '/1')).status).toBe(404);
  });
});

describe('delete', () => {
  it('echoes keys in the shape of the request', async () => {
    const made = await table.records('POST', '', [ok, ok, ok, ok, ok]);
    const ids = made.body.map((r: { Id: number }) => r.Id);
    expect((await table.records('DELETE', '', { Id: String(ids[0]) })).body).toEqual({ Id: String(ids[0]) });
    expect((await table.records('DELETE', '', [{ Id: ids[1] }, { Id: ids[2] }])).body).toEqual([
      { Id: ids[1] },
      { Id: ids[2] },
    ]);
    expect((await table.records('DELETE', '', [ids[3], String(ids[4])])).body).toEqual([
      { Id: ids[3] },
      { Id: String(ids[4]) },
    ]);
    for (const id of ids) expect((await table.records('GET', `/${id}`)).status).toBe(404);
  });

  it.each([
    ['no body', undefined, 422, "Field 'Id' is required"],
    ['an empty object', {}, 422, "Field 'Id' is required"],
    ['an item without key', [{ Id: 1 }, { Name: 'x' }], 422, /Field 'Id' is required/],
    ['a missing record', [{ Id: 1 }, { Id: 99999 }], 404, "Record '99999' not found"],
    ['a repeated record', [{ Id: 1 }, '1'], 422, 'Duplicate record with id 1'],
    ['a key that is no key', ['x'], 422, "Primary key value 'x' is invalid for column 'Id'"],
  ])('%s', async (_what, body, status, message) => {
    const before = await table.count();
    const answer = await table.records('DELETE', '', body);
    expect(answer.status).toBe(status);
    expect(answer.body.msg).toMatch(message);
    expect(await table.count()).toBe(before);
  });
});

describe('move', () => {
  it('changes the manual order', async () => {
    const t = await createTestTable(app, [{ title: 'A', uidt: 'SingleLineText' }]);
    await t.records('POST', '', [{ A: 'a' }, { A: 'b' }, { A: 'c' }]);
    const order = async () =>
      (await t.records('GET', '?sort=nc_order&fields=A')).body.list
        .map((row: { A: string }) => row.A)
        .join('');
    expect(await order()).toBe('abc');
    const moved = await t.records('POST', '/3/move?before=2');
    expect([moved.status, moved.body]).toEqual([201, true]);
    expect(await order()).toBe('acb');
    await t.records('POST', '/2/move?before=1');
    expect(await order()).toBe('bac');
    await t.records('POST', '/2/move');
    expect(await order()).toBe('acb');
    for (let i = 0; i < 70; i += 1) await t.records('POST', `/${2 + (i % 2)}/move?before=${3 - (i % 2)}`);
    expect(await order()).toMatch(/^a(bc|cb)$/);
    expect((await t.records('POST', '/99/move?before=1')).status).toBe(404);
    expect((await t.records('POST', '/1/move?before=99')).status).toBe(404);
    expect((await t.records('POST', '/x/move')).status).toBe(422);
  });
});
