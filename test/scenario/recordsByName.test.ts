import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { createTestTable, type TestTable } from '../support/records.ts';

const columns = [
  { title: 'Name', uidt: 'SingleLineText' },
  { title: 'N', uidt: 'Number' },
  { title: 'Done', uidt: 'Checkbox' },
];

let app: TestApp;
let t: TestTable;

beforeAll(async () => {
  app = await startApp();
  t = await createTestTable(app, columns, { title: 'My Table' });
});

beforeEach(async () => {
  await t.bulk('DELETE', '/all');
  await t.bulk('POST', '', [
    { Name: 'a', N: 1 },
    { Name: 'b', N: 2 },
    { Name: 'b', N: 3 },
    { Name: null, N: 4 },
  ]);
});

const idOf = async (name: string): Promise<number> =>
  (await t.data('GET', `/find-one?where=(Name,eq,${name})`)).body.Id;

describe('addresses', () => {
  it('accept ids and titles of base, table and view', async () => {
    const view = t.wire.views[0];
    const e = encodeURIComponent;
    const bases = [t.baseId, e(t.baseTitle)];
    const tables = [t.id, e(t.title), e(t.wire.table_name)];
    const answers = new Set<string>();
    for (const base of bases) {
      for (const table of tables) {
        const plain = await t.send('GET', `/api/v1/db/data/noco/${base}/${table}?fields=N`);
        expect(plain.status).toBe(200);
        answers.add(plain.text);
        for (const name of [view.id, e(view.title)]) {
          const through = await t.send(
            'GET',
            `/api/v1/db/data/anything/${base}/${table}/views/${name}?fields=N`,
          );
          answers.add(through.text);
        }
      }
    }
    expect(answers.size).toBe(1);
  });

  it.each([
    ['/api/v1/db/data/noco/nope/x', /Base 'nope' not found/],
    ['/api/v1/db/data/noco/{base}/nope', /Table 'nope' not found/],
    ['/api/v1/db/data/noco/{base}/{table}/views/nope', /View 'nope' not found/],
  ])('%s is 404', async (path, message) => {
    const answer = await t.send('GET', path.replace('{base}', t.baseId).replace('{table}', t.id));
    expect([answer.status, answer.body.msg]).toEqual([404, expect.stringMatching(message)]);
  });

  it('hide system fields behind a view', async () => {
    const view = t.wire.views[0].id;
    const id = await idOf('a');
    const rows = [
      (await t.data('GET', `/views/${view}?limit=1`)).body.list[0],
      (await t.data('GET', `/views/${view}/${id}`)).body,
      (await t.data('GET', `/views/${view}/find-one`)).body,
    ];
    for (const row of rows) expect(Object.keys(row)).toEqual(['Id', 'Name', 'N', 'Done']);
    expect((await t.data('GET', `/views/${view}/count`)).body).toEqual({ count: 4 });
    expect((await t.data('GET', `/views/${view}/${id}/exist`)).body).toBe(true);
    expect((await t.data('GET', `/views/${view}/groupby?column_name=Name`)).status).toBe(200);
    expect((await t.data('GET', `/views/${view}/groupby/count?column_name=Name`)).body).toBe(3);
    expect((await t.data('PATCH', `/views/${view}/${id}`, { N: 9 })).body.N).toBe(9);
    expect((await t.data('POST', `/views/${view}`, { N: 10 })).body.N).toBe(10);
    expect((await t.data('DELETE', `/views/${view}/${id}`)).body).toBe(1);
  });
});

describe('reads', () => {
  it('find-one answers the first or an empty object', async () => {
    expect((await t.data('GET', '/find-one?sort=-N&fields=N')).body).toEqual({ N: 4 });
    expect((await t.data('GET', '/find-one?where=(N,gt,100)')).body).toEqual({});
  });

  it('group by counts, null first', async () => {
    const answer = await t.data('GET', '/groupby?column_name=Name');
    expect(answer.body).toEqual({
      list: [
        { count: 1, Name: null },
        { count: 1, Name: 'a' },
        { count: 2, Name: 'b' },
      ],
      pageInfo: { totalRows: 3, page: 1, pageSize: 25, isFirstPage: true, isLastPage: true },
    });
    const sorted = await t.data('GET', '/groupby?column_name=Name&sort=-count&limit=1&where=(N,lt,4)');
    expect(sorted.body.list).toEqual([{ count: 2, Name: 'b' }]);
    expect(sorted.body.pageInfo).toMatchObject({ totalRows: 2, isLastPage: false });
    expect((await t.data('GET', '/groupby?column_name=Name,N')).body.list[1]).toEqual({
      count: 1,
      Name: 'a',
      N: 1,
    });
    expect((await t.data('GET', '/groupby/count?column_name=Name')).body).toBe(3);
  });

  it.each([
    ['/groupby', 400, /column_name/],
    ['/groupby?column_name=Nope', 404, /Field 'Nope' not found/],
    ['/groupby?column_name=Name&sort=N', 422, /sorted by/],
    ['/groupby/count?column_name=Nope', 404, /Field 'Nope' not found/],
    ['/group/Nope', 404, /Field 'Nope' not found/],
    ['/99999', 404, /Record '99999' not found/],
    ['/99999/exist/more', 404, /./],
    ['/abc/exist', 422, /Primary key value 'abc'/],
  ])('%s is %i', async (suffix, status, message) => {
    const answer = await t.data('GET', suffix, undefined);
    expect([answer.status, answer.body.msg]).toEqual([status, expect.stringMatching(message)]);
  });

  it('lists records under each value of a column', async () => {
    const id = t.wire.columns.find((c: { title: string }) => c.title === 'Name').id;
    const answer = await t.data('GET', `/group/${id}?fields=N&sort=-N&limit=1`);
    expect(answer.body.map((group: { key: unknown }) => group.key)).toEqual([null, 'a', 'b']);
    expect(answer.body[2].value).toEqual({
      list: [{ N: 3 }],
      pageInfo: { totalRows: 2, page: 1, pageSize: 1, isFirstPage: true, isLastPage: false },
    });
  });

  it('counts and tells what exists', async () => {
    expect((await t.data('GET', '/count?where=(Name,eq,b)')).body).toEqual({ count: 2 });
    expect((await t.data('GET', `/${await idOf('a')}/exist`)).body).toBe(true);
    expect((await t.data('GET', '/99999/exist')).body).toBe(false);
  });
});

describe('single writes answer the whole record', () => {
  it('insert, update, delete', async () => {
    const made = await t.data('POST', '', { Name: 'new' });
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({ Name: 'new', N: null, Done: null, UpdatedAt: null });
    expect(typeof made.body.nc_order).toBe('number');
    const changed = await t.data('PATCH', `/${made.body.Id}`, { Id: 1, Done: true });
    expect(changed.body).toMatchObject({ Id: made.body.Id, Name: 'new', Done: true });
    expect((await t.data('DELETE', `/${made.body.Id}`)).body).toBe(1);
    expect((await t.data('DELETE', `/${made.body.Id}`)).status).toBe(404);
    expect((await t.data('PATCH', `/${made.body.Id}`, { Done: true })).status).toBe(404);
  });

  it('a list belongs to the bulk address', async () => {
    const answer = await t.data('POST', '', [{ Name: 'x' }]);
    expect([answer.status, answer.body.msg]).toEqual([400, expect.stringContaining('/api/v1/db/data/bulk/')]);
    expect((await t.data('GET', '/count')).body.count).toBe(4);
  });
});

describe('bulk', () => {
  it('inserts', async () => {
    const answer = await t.bulk('POST', '', [{ Name: 'x' }, { Name: 'y' }]);
    expect(answer.body).toEqual([{ Id: expect.any(Number) }, { Id: answer.body[0].Id + 1 }]);
    expect((await t.bulk('POST', '', { Name: 'x' })).status).toBe(400);
    expect((await t.bulk('POST', '', [{ N: 1 }, { N: 'x' }])).status).toBe(422);
    expect((await t.data('GET', '/count')).body.count).toBe(6);
  });

  it('updates and deletes what exists', async () => {
    const id = await idOf('a');
    const changed = await t.bulk('PATCH', '', [
      { Id: id, N: 50 },
      { Id: 99999, N: 51 },
    ]);
    expect(changed.status).toBe(200);
    expect(changed.body).toEqual([expect.objectContaining({ Id: id, Name: 'a', N: 50 })]);
    const gone = await t.bulk('DELETE', '', [{ Id: id }, { Id: 99999 }]);
    expect(gone.body).toEqual([{ id }]);
    expect((await t.data('GET', '/count')).body.count).toBe(3);
  });

  it('changes and deletes everything that a filter keeps', async () => {
    expect((await t.bulk('PATCH', '/all?where=(Name,eq,b)', { Done: true })).body).toBe(2);
    expect((await t.data('GET', '/count?where=(Done,checked)')).body.count).toBe(2);
    const gone = await t.bulk('DELETE', '/all?where=(Name,eq,b)');
    expect(gone.body.map((row: { N: number }) => row.N)).toEqual([2, 3]);
    expect((await t.bulk('PATCH', '/all', { Name: 'z' })).body).toBe(2);
    expect((await t.data('GET', '/count?where=(Name,eq,z)')).body.count).toBe(2);
  });

  it.each([
    ['a key would change every record', '/all', { Id: 1, Name: 'x' }, 422],
    ['an unknown filter field', '/all?where=(Nope,eq,1)', { Name: 'x' }, 422],
    ['a broken filter', '/all?where=(Name', { Name: 'x' }, 422],
    ['a bad value', '/all', { N: 'x' }, 422],
    ['only unknown fields', '/all', { Nope: 1 }, 422],
    ['an unknown view', '/all?viewId=vwx', { Name: 'x' }, 404],
  ])('all: %s', async (_what, suffix, body, status) => {
    expect((await t.bulk('PATCH', suffix, body)).status).toBe(status);
    expect((await t.data('GET', '/count?where=(Name,eq,x)')).body.count).toBe(0);
  });

  it('upserts on the key', async () => {
    const id = await idOf('a');
    const answer = await t.bulk('POST', '/upsert', [
      { Name: 'n1' },
      { Id: id, N: 77 },
      { Id: 99999, Name: 'n2' },
    ]);
    expect(answer.status).toBe(201);
    expect(answer.body.map((row: { Name: string; N: number }) => [row.Name, row.N])).toEqual([
      ['n1', null],
      ['a', 77],
      ['n2', null],
    ]);
    expect((await t.data('GET', '/count')).body.count).toBe(6);
    expect(
      (
        await t.bulk('POST', '/upsert', [
          { Id: id, N: 1 },
          { Name: 'n3', N: 'x' },
        ])
      ).status,
    ).toBe(422);
    expect((await t.data('GET', `/${id}`)).body.N).toBe(77);
    expect((await t.bulk('POST', '/upsert', [{ Id: id }, { Id: `${id}` }])).status).toBe(422);
  });
});

describe('export', () => {
  it('writes CSV that no spreadsheet runs', async () => {
    const c = await createTestTable(app, [
      { title: 'Text', uidt: 'SingleLineText' },
      { title: 'N', uidt: 'Number' },
      { title: 'Who', uidt: 'User' },
    ]);
    await c.records('POST', '', [
      { Text: '=1+1', N: -5, Who: c.owner.email },
      { Text: 'a "quoted", text\nline', N: null },
      { Text: '+33 1', N: 2 },
      { Text: '@x' },
      { Text: '\tx' },
      { Text: 'plain é' },
    ]);
    const answer = await c.data('GET', '/export/csv?fields=Text,N,Who', undefined);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toContain('attachment');
    expect(answer.text.split('\r\n')).toEqual([
      'Text,N,Who',
      `'=1+1,-5,${c.owner.email}`,
      '"a ""quoted"", text\nline",,',
      "'+33 1,2,",
      "'@x,,",
      "'\tx,,",
      'plain é,,',
      '',
    ]);
    expect((await c.data('GET', '/export/csv?where=(N,gt,0)&fields=N')).text).toBe('N\r\n2\r\n');
    expect((await c.data('GET', '/export/csv?fields=Nope')).status).toBe(404);
  });

  it('streams a table of several batches', async () => {
    const c = await createTestTable(app, [{ title: 'A', uidt: 'Number' }]);
    await c.bulk(
      'POST',
      '',
      Array.from({ length: 2500 }, (_, i) => ({ A: i })),
    );
    const lines = (await c.data('GET', '/export/csv?fields=A')).text.split('\r\n');
    expect(lines).toHaveLength(2502);
    expect(lines[2500]).toBe('2499');
  });
});
