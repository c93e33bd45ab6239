import { beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { createTestTable, query, type TestTable } from '../support/records.ts';

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
});

const ok = { Need: 'x' };

describe('insert', () => {
  it('answers an object for an object and a list for a list, in order', async () => {
    const one = await table.records('POST', '', { ...ok, Name: 'one' });
    expect(one.status).toBe(200);
    expect(one.body).toEqual({ Id: expect.any(Number) });
    const many = await table.records('POST', '', [
      { ...ok, Name: 'two' },
      { ...ok, Name: 'three' },
    ]);
    expect(many.body).toEqual([{ Id: one.body.Id + 1 }, { Id: one.body.Id + 2 }]);
    expect((await table.records('POST', '', [])).body).toEqual([]);
  });

  it('takes titles, physical names and ids as keys and ignores an explicit automatic key', async () => {
    const column = table.wire.columns.find((c: { title: string }) => c.title === 'N');
    const nameOf = (title: string) =>
      table.wire.columns.find((c: { title: string }) => c.title === title).column_name;
    const made = await table.records('POST', '', {
      Id: 900000,
      [nameOf('Need')]: 'y',
      [column.id]: 4,
      [nameOf('Name')]: 'low',
    });
    expect(made.status, made.text).toBe(200);
    expect(made.body.Id).not.toBe(900000);
    const read = await table.records('GET', `/${made.body.Id}`);
    expect(read.body).toMatchObject({ Name: 'low', N: 4, Need: 'y', Five: 5, UpdatedAt: null });
    expect(read.body.CreatedAt).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+00:00$/);
    expect(read.body).not.toHaveProperty('nc_order');
    expect(read.body).not.toHaveProperty('nc_created_by');
  });

  it('fills defaults only for fields that are absent', async () => {
    const made = await table.records('POST', '', [{ ...ok }, { ...ok, Five: null }, { ...ok, Five: 6 }]);
    const ids = made.body.map((row: { Id: number }) => row.Id).join(',');
    const list = await table.records('GET', query({ where: `(Id,in,${ids})`, fields: 'Five' }));
    expect(list.body.list).toEqual([{ Five: 5 }, { Five: null }, { Five: 6 }]);
  });

  it('creates an empty record where nothing is required', async () => {
    const free = await createTestTable(app, [{ title: 'A', uidt: 'SingleLineText' }], {});
    expect((await free.records('POST', '', {})).body).toEqual({ Id: 1 });
    expect((await free.records('POST', '', [{}, {}])).body).toEqual([{ Id: 2 }, { Id: 3 }]);
    expect((await free.records('GET', '/2')).body).toMatchObject({ Id: 2, A: null });
  });

  it('writes 5,000 records in one call', async () => {
    const big = await createTestTable(app, [
      { title: 'A', uidt: 'SingleLineText' },
      { title: 'B', uidt: 'Number' },
    ]);
    const rows = Array.from({ length: 5000 }, (_, i) => ({ A: `row ${i}`, B: i }));
    const made = await big.records('POST', '', rows);
    expect(made.status).toBe(200);
    expect(made.body).toHaveLength(5000);
    expect(await big.count()).toBe(5000);
    const last = await big.records('GET', '/5000');
    expect(last.body).toMatchObject({ A: 'row 4999', B: 4999 });
    const changed = await big.records(
      'PATCH',
      '',
      rows.map((row, i) => ({ Id: i + 1, B: row.B * 2 })),
    );
    expect(changed.status).toBe(200);
    expect((await big.records('GET', '/5000')).body).toMatchObject({ A: 'row 4999', B: 9998 });
    const gone = await big.records(
      'DELETE',
      '',
      rows.map((_, i) => i + 1),
    );
    expect(gone.status).toBe(200);
    expect(await big.count()).toBe(0);
  });

  it('refuses more records than the limit', async () => {
    const small = await startApp({ env: { NC_DATA_PAYLOAD_LIMIT: '3' } });
    const t = await createTestTable(small, [{ title: 'A', uidt: 'SingleLineText' }]);
    const rows = [{ A: '1' }, { A: '2' }, { A: '3' }, { A: '4' }];
    for (const [method, body] of [
      ['POST', rows],
      ['PATCH', rows.map((row, i) => ({ ...row, Id: i }))],
      ['DELETE', [1, 2, 3, 4]],
    ] as const) {
      const answer = await t.records(method, '', body);
      expect([answer.status, answer.body.error, answer.body.message]).toEqual([
        422,
        'ERR_MAX_PAYLOAD_LIMIT_EXCEEDED',
        'Maximum 3 entities are allowed per request',
      ]);
    }
    expect(await t.count()).toBe(0);
    await small.close();
  });
});

describe('refused writes', () => {
  const long = 'x'.repeat(300);
  const cases: [string, unknown, number, string | undefined, RegExp | string][] = [
    [
      'a text in a number',
      { ...ok, N: 'abc' },
      422,
      'ERR_INVALID_VALUE_FOR_FIELD',
      /'abc'.*Field 'N' must be/,
    ],
    ['a fraction in a number', { ...ok, N: 1.5 }, 422, 'ERR_INVALID_VALUE_FOR_FIELD', /Field 'N'/],
    ['an object in a text', { ...ok, Name: { a: 1 } }, 422, 'ERR_INVALID_VALUE_FOR_FIELD', /Field 'Name'/],
    ['a list in a text', { ...ok, Name: ['a'] }, 422, 'ERR_INVALID_VALUE_FOR_FIELD', /Field 'Name'/],
    ['no date', { ...ok, Day: '2024-02-30' }, 422, 'ERR_INVALID_VALUE_FOR_FIELD', /Field 'Day'/],
    ['broken JSON', { ...ok, Data: '{a' }, 422, 'ERR_INVALID_VALUE_FOR_FIELD', /Field 'Data'/],
    ['NUL', { ...ok, Name: 'a\u0000b' }, 422, 'ERR_INVALID_VALUE_FOR_FIELD', /Field 'Name'/],
    ['beyond 64 bits', { ...ok, N: '99999999999999999999' }, 422, 'ERR_INVALID_VALUE_FOR_FIELD', /Field 'N'/],
    ['a long value is shortened', { ...ok, N: long }, 422, 'ERR_INVALID_VALUE_FOR_FIELD', /'x{100}…'/],
    [
      'an unknown option',
      { ...ok, f: 'green' },
      400,
      undefined,
      'Invalid option(s) "green" provided for column "f". Valid options are "red, blue"',
    ],
    ['an unknown tag', { ...ok, Tags: 'a,z' }, 400, undefined, /Invalid option\(s\) "z"/],
    [
      'a required field is absent',
      { Name: 'x' },
      422,
      'ERR_REQUIRED_FIELD_MISSING',
      "Field 'Need' is required",
    ],
    [
      'a required field is null',
      { Need: null },
      422,
      'ERR_REQUIRED_FIELD_MISSING',
      "Field 'Need' is required",
    ],
    ['only unknown keys', { Nope: 1, Nah: 2 }, 422, undefined, /no field 'Nope', 'Nah'/],
    [
      'an automatic column',
      { ...ok, CreatedAt: 'x' },
      400,
      undefined,
      'Column "CreatedAt" is auto generated and cannot be updated',
    ],
    [
      'an automatic person',
      { ...ok, nc_created_by: 'x' },
      400,
      undefined,
      'Column "nc_created_by" is auto generated and cannot be updated',
    ],
    [
      'a system column',
      { ...ok, nc_order: 1 },
      400,
      undefined,
      'Column "nc_order" is system column and cannot be updated',
    ],
  ];

  it.each(cases)('%s', async (_what, row, status, code, message) => {
    const before = await table.count();
    const single = await table.records('POST', '', row);
    expect(single.status).toBe(status);
    if (code !== undefined) expect(single.body.error).toBe(code);
    expect(single.body.msg).toMatch(message);
    const list = await table.records('POST', '', [ok, ok, row, ok]);
    expect(list.status).toBe(status);
    expect(list.body.msg).toContain('index 2');
    expect(await table.count()).toBe(before);
  });

  it.each(cases.filter(([what]) => !what.includes('absent')))(
    'the same by PATCH: %s',
    async (_what, row, status) => {
      const made = await table.records('POST', '', [
        { ...ok, Name: 'keep' },
        { ...ok, Name: 'keep' },
      ]);
      const ids = made.body.map((r: { Id: number }) => r.Id);
      const answer = await table.records('PATCH', '', [
        { Id: ids[0], Name: 'changed' },
        { Id: ids[1], ...(row as object) },
      ]);
      expect(answer.status).toBe(status);
      expect((await table.records('GET', `/${ids[0]}`)).body.Name).toBe('keep');
    },
  );

  it('ignores unknown keys beside known ones, unless asked to reject them', async () => {
    expect((await table.records('POST', '', { ...ok, Nope: 1 })).status).toBe(200);
    const before = await table.count();
    const rejected = await table.records('POST', '?unknownFields=reject', { ...ok, Nope: 1 });
    expect([rejected.status, rejected.body.msg]).toEqual([422, expect.stringContaining("'Nope'")]);
    expect((await table.records('POST', '?unknownFields=maybe', ok)).status).toBe(400);
    expect(await table.count()).toBe(before);
  });

  it('names title and value of a unique violation and keeps nothing', async () => {
    await table.records('POST', '', { ...ok, Uq: 'a' });
    const before = await table.count();
    for (const body of [
      { ...ok, Uq: 'a' },
      [
        { ...ok, Uq: 'fresh' },
        { ...ok, Uq: 'a' },
      ],
    ]) {
      const answer = await table.records('POST', '', body);
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({
        error: 'FIELD_UNIQUE_CONSTRAINT_VIOLATION',
        message: "Uq field unique constraint violation. Value 'a' already exists.",
        fieldName: 'Uq',
        value: 'a',
      });
    }
    expect(await table.count()).toBe(before);
  });

  it.each([['text'], [5], [[1]], [[null]], [[[ok]]], [null]])('body %j is no record', async (body) => {
    const before = await table.count();
    const answer = await table.records('POST', '', JSON.stringify(body));
    expect([400, 422]).toContain(answer.status);
    expect(await table.count()).toBe(before);
  });

  it('prototype keys do no harm', async () => {
    const answer = await table.records(
      'POST',
      '',
      '{"Need":"x","constructor":{"a":1},"toString":"y","hasOwnProperty":1}',
    );
    expect(answer.status).toBe(200);
    expect((await table.records('POST', '', '{"constructor":1}')).status).toBe(422);
  });
});

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

describe('list and read', () => {
  let t: TestTable;
  beforeAll(async () => {
    t = await createTestTable(app, [
      { title: 'Name', uidt: 'SingleLineText' },
      { title: 'N', uidt: 'Number' },
    ]);
    await t.records(
      'POST',
      '',
      Array.from({ length: 60 }, (_, i) => ({ Name: `r${i}`, N: i % 7 === 0 ? null : i % 7 })),
    );
  });

  it.each([
    ['', 25, { totalRows: 60, page: 1, pageSize: 25, isFirstPage: true, isLastPage: false }],
    [
      '?limit=20&offset=40',
      20,
      { totalRows: 60, page: 3, pageSize: 20, isFirstPage: false, isLastPage: true },
    ],
    ['?limit=20&page=2', 20, { totalRows: 60, page: 2, pageSize: 20, isFirstPage: false, isLastPage: false }],
    [
      '?limit=20&offset=7',
      20,
      { totalRows: 60, offset: 7, pageSize: 20, isFirstPage: false, isLastPage: false },
    ],
    ['?limit=0', 25, { totalRows: 60, page: 1, pageSize: 25, isFirstPage: true, isLastPage: false }],
    ['?limit=-3', 25, { totalRows: 60, page: 1, pageSize: 25, isFirstPage: true, isLastPage: false }],
    ['?limit=abc', 25, { totalRows: 60, page: 1, pageSize: 25, isFirstPage: true, isLastPage: false }],
    ['?limit=5000', 60, { totalRows: 60, page: 1, pageSize: 1000, isFirstPage: true, isLastPage: true }],
    [
      '?offset=60&limit=20',
      0,
      { totalRows: 60, page: 4, pageSize: 20, isFirstPage: false, isLastPage: true },
    ],
    [
      '?offset=100000&limit=20',
      0,
      { totalRows: 60, page: 5001, pageSize: 20, isFirstPage: false, isLastPage: true },
    ],
    ['?pks=3,1,77', 2, { totalRows: 2, page: 1, pageSize: 25, isFirstPage: true, isLastPage: true }],
  ])('page %s', async (suffix, length, info) => {
    const answer = await t.records('GET', suffix);
    expect(answer.status).toBe(200);
    expect(answer.body.list).toHaveLength(length);
    expect(answer.body.pageInfo).toEqual(info);
    expect(Number(answer.headers['xc-db-response'])).toBeGreaterThan(0);
    expect((await t.records('GET', suffix)).text).toBe(answer.text);
  });

  it('shows fields as asked, the key only when listed', async () => {
    expect((await t.records('GET', '?fields=N,Name&limit=1')).body.list).toEqual([{ N: null, Name: 'r0' }]);
    const id = t.wire.columns.find((c: { title: string }) => c.title === 'Name').id;
    expect((await t.records('GET', `/2?fields=${id}`)).body).toEqual({ Name: 'r1' });
    expect(Object.keys((await t.records('GET', '/2')).body)).toEqual([
      'Id',
      'CreatedAt',
      'UpdatedAt',
      'Name',
      'N',
    ]);
  });

  it('sorts with nulls first ascending and last descending, ties by key', async () => {
    const rows = (await t.records('GET', '?sort=N&limit=60&fields=N,Id')).body.list as {
      N: number | null;
      Id: number;
    }[];
    expect(rows.slice(0, 9).every((row) => row.N === null)).toBe(true);
    const sorted = [...rows].sort((a, b) => (a.N ?? -1) - (b.N ?? -1) || a.Id - b.Id);
    expect(rows).toEqual(sorted);
    const down = (await t.records('GET', '?sort=-N&limit=60&fields=N,Id')).body.list as typeof rows;
    expect(down.slice(-9).every((row) => row.N === null)).toBe(true);
    expect(down[0]?.N).toBe(6);
  });

  it('shuffles', async () => {
    const ids = async (suffix: string) =>
      (await t.records('GET', suffix)).body.list.map((row: { Id: number }) => row.Id) as number[];
    const first = await ids('?shuffle=1&limit=60');
    expect([...first].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    const orders = new Set([
      first.join(),
      (await ids('?shuffle=1&limit=60')).join(),
      (await ids('?r=1&limit=60')).join(),
    ]);
    expect(orders.size).toBeGreaterThan(1);
  });

  it.each([
    ['GET', '?page=0', 422, 'Offset must be a non-negative integer'],
    ['GET', '?fields=Nope', 404, "Field 'Nope' not found"],
    ['GET', '?sort=-Nope', 404, "Field 'Nope' not found"],
    ['GET', '?where=(Nope,eq,1)', 422, "Column alias 'Nope' not found."],
    ['GET', '?where=(N,foo,1)', 422, 'foo is not supported.'],
    [
      'GET',
      '?where=(N,allof,1)',
      422,
      'Filter verification failed: Operation allof is not supported for type Number on column N',
    ],
    [
      'GET',
      '?where=(N,eq,abc)',
      422,
      'Filter verification failed: Value abc is not supported for type Number on column N',
    ],
    ['GET', '?where=(N,eq,1', 422, /./],
    ['GET', '?where=garbage', 422, /Invalid filter format/],
    ['GET', '?where=(CreatedAt,isWithin,today)', 422, /'today' is not supported/],
    ['GET', '?viewId=vwnope', 404, "View 'vwnope' not found"],
    ['GET', '?pks=abc', 422, "Primary key value 'abc' is invalid for column 'Id'"],
    ['GET', '/count?where=(Nope,eq,1)', 422, "Column alias 'Nope' not found."],
    ['GET', '/99', 404, "Record '99' not found"],
    ['GET', '/abc', 422, "Primary key value 'abc' is invalid for column 'Id'"],
    ['GET', '/1?fields=Nope', 404, "Field 'Nope' not found"],
    ['GET', '/1?viewId=vwnope', 404, "View 'vwnope' not found"],
  ] as const)('%s %s is %i', async (method, suffix, status, message) => {
    const answer = await t.records(method, suffix);
    expect(answer.status).toBe(status);
    expect(answer.body.msg).toMatch(message);
  });

  it('counts with and without filter', async () => {
    expect((await t.records('GET', '/count')).body).toEqual({ count: 60 });
    expect((await t.records('GET', '/count?where=(N,blank)')).body).toEqual({ count: 9 });
    expect((await t.records('GET', '?where=(N,blank)&limit=1')).body.pageInfo.totalRows).toBe(9);
  });

  it('refuses a filter over the limits, saying the limit', async () => {
    const term = '(N,eq,1)';
    const terms = await t.records('GET', query({ where: Array(501).fill(term).join('~or') }));
    expect([terms.status, terms.body.msg]).toEqual([422, expect.stringContaining('500')]);
    const items = await t.records('GET', query({ where: `(N,in,${Array(1001).fill('1').join(',')})` }));
    expect([items.status, items.body.msg]).toEqual([422, expect.stringContaining('1000')]);
    const deep = await t.records('GET', query({ where: `${'('.repeat(60)}${term}${')'.repeat(60)}` }));
    expect([deep.status, deep.body.msg]).toEqual([422, expect.stringContaining('50')]);
    const many = await t.records('GET', query({ where: Array(400).fill(term).join('~or'), limit: 1 }));
    expect(many.status).toBe(200);
    const list = await t.records(
      'GET',
      query({ where: `(Name,anyof,${Array(900).fill('r1').join(',')})`, limit: 1 }),
    );
    expect(list.status).toBe(200);
  });

  it('through a view: no system fields unless the view shows them', async () => {
    const view = t.wire.views[0].id;
    const answer = await t.records('GET', `?viewId=${view}&limit=1`);
    expect(Object.keys(answer.body.list[0])).toEqual(['Id', 'Name', 'N']);
    expect((await t.records('GET', `?viewId=${view}&limit=1&fields=Name,CreatedAt`)).body.list).toEqual([
      { Name: 'r0' },
    ]);
    expect(Object.keys((await t.records('GET', `/1?viewId=${view}`)).body)).toEqual(['Id', 'Name', 'N']);
  });

  it('sees a new column at once', async () => {
    await t.records('GET', '?limit=1');
    await t.send('POST', `/api/v2/meta/tables/${t.id}/columns`, { title: 'Late', uidt: 'SingleLineText' });
    expect((await t.records('GET', '?limit=1')).body.list[0]).toHaveProperty('Late', null);
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
