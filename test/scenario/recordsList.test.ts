import { beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { createTestTable, query, type TestTable } from '../support/records.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
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
