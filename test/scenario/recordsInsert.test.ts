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
