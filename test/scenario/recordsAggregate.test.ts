import { beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { createTestTable, query, type TestTable } from '../support/records.ts';

let app: TestApp;
let t: TestTable;
let ids: Map<string, string>;

beforeAll(async () => {
  app = await startApp();
  t = await createTestTable(app, [
    { title: 'Name', uidt: 'SingleLineText' },
    { title: 'N', uidt: 'Number' },
    { title: 'D', uidt: 'Decimal' },
    { title: 'Day', uidt: 'Date' },
    { title: 'Done', uidt: 'Checkbox' },
  ]);
  ids = new Map(t.wire.columns.map((c: { title: string; id: string }) => [c.title, c.id]));
  await t.records('POST', '', [
    { Name: 'a', N: 1, D: '0.1', Day: '2024-01-31', Done: true },
    { Name: 'a', N: 2, D: '0.2', Day: '2024-03-01', Done: false },
    { Name: '', N: 3, D: '9007199254740993.5', Day: null, Done: true },
    { Name: null, N: null, D: null, Day: '2023-12-31', Done: null },
  ]);
});

const ask = (terms: unknown, more: Record<string, string> = {}) =>
  t.send('GET', `/api/v2/tables/${t.id}/aggregate${query({ aggregation: JSON.stringify(terms), ...more })}`);

describe('aggregate', () => {
  it.each([
    ['Name', 'count', 4],
    ['Name', 'count_empty', 2],
    ['Name', 'count_filled', 2],
    ['Name', 'count_unique', 2],
    ['Name', 'percent_empty', 50],
    ['Name', 'percent_filled', 50],
    ['Name', 'percent_unique', 50],
    ['Name', 'none', null],
    ['N', 'sum', 6],
    ['N', 'min', 1],
    ['N', 'max', 3],
    ['N', 'avg', 2],
    ['N', 'median', 2],
    ['N', 'range', 2],
    ['N', 'count_empty', 1],
    ['D', 'sum', '9007199254740993.8'],
    ['D', 'min', 0.1],
    ['D', 'max', '9007199254740993.5'],
    ['D', 'range', '9007199254740993.4'],
    ['Day', 'earliest_date', '2023-12-31'],
    ['Day', 'latest_date', '2024-03-01'],
    ['Day', 'date_range', 61],
    ['Day', 'month_range', 3],
    ['Done', 'checked', 2],
    ['Done', 'unchecked', 2],
    ['Done', 'percent_checked', 50],
    ['Done', 'percent_unchecked', 50],
  ])('%s %s is %j', async (title, type, value) => {
    const answer = await ask([{ field: ids.get(title), type }]);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ [title]: value });
    expect((await ask([{ field: title, type }])).body).toEqual({ [title]: value });
  });

  it('works out the standard deviation', async () => {
    expect((await ask([{ field: 'N', type: 'std_dev' }])).body.N).toBeCloseTo(Math.sqrt(2 / 3), 12);
  });

  it('names further answers about a field after their type', async () => {
    const terms = [
      { field: 'N', type: 'sum' },
      { field: ids.get('N'), type: 'max' },
      { field: 'N', type: 'sum' },
    ];
    expect((await ask(terms)).body).toEqual({ N: 6, 'N:max': 3 });
  });

  it('answers about what a filter keeps, about nothing, and nothing', async () => {
    expect((await ask([{ field: 'N', type: 'sum' }], { where: '(Name,eq,a)' })).body).toEqual({ N: 3 });
    const none = { where: '(N,gt,100)' };
    expect((await ask([{ field: 'N', type: 'range' }], none)).body).toEqual({ N: null });
    expect((await ask([{ field: 'N', type: 'percent_empty' }], none)).body).toEqual({ N: 0 });
    expect((await ask([])).body).toEqual({});
    expect((await t.send('GET', `/api/v2/tables/${t.id}/aggregate`)).body).toEqual({});
  });

  it.each([
    [[{ field: 'Nope', type: 'sum' }], 404, /Field 'Nope' not found/],
    [[{ field: 'N', type: 'wrong' }], 422, /Aggregation 'wrong' is not known/],
    [[{ field: 'N', type: 'constructor' }], 422, /is not known/],
    [[{ field: 'Name', type: 'sum' }], 422, /not supported for type SingleLineText/],
    [[{ field: 'N', type: 'checked' }], 422, /not supported for type Number/],
    [[{ field: 'N', type: 'attachment_size' }], 422, /is not known/],
    [[{ field: 'N' }], 422, /lacks field or type/],
    [[null], 422, /lacks field or type/],
    [{ field: 'N', type: 'sum' }, 422, /not a JSON array/],
  ])('%j is %i', async (terms, status, message) => {
    const answer = await ask(terms);
    expect([answer.status, answer.body.msg]).toEqual([status, expect.stringMatching(message)]);
  });

  it('refuses unknown views', async () => {
    expect((await ask([{ field: 'N', type: 'sum' }], { viewId: 'vwx' })).status).toBe(404);
    expect((await ask([{ field: 'N', type: 'sum' }], { viewId: t.wire.views[0].id })).body).toEqual({ N: 6 });
  });
});

describe('several questions at once', () => {
  const bulk = (what: string, body: unknown, suffix = '') =>
    t.send('POST', `/api/v2/tables/${t.id}/bulk/${what}${suffix}`, body);

  it('aggregates', async () => {
    const suffix = query({ aggregation: JSON.stringify([{ field: 'N', type: 'sum' }]) });
    const answer = await bulk(
      'aggregate',
      [
        { alias: 'all' },
        { alias: 'a"b', where: '(Name,eq,a)' },
        { alias: 'own', aggregation: [{ field: 'N', type: 'max' }] },
      ],
      suffix,
    );
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ all: { N: 6 }, 'a"b': { N: 3 }, own: { N: 3 } });
  });

  it('lists', async () => {
    const answer = await bulk('datalist', [
      { alias: 'x', where: '(Name,eq,a)', fields: ['N'], sort: '-N', limit: 1 },
      { alias: 'y', fields: 'N', offset: 3 },
    ]);
    expect(answer.status).toBe(201);
    expect(answer.body.x).toEqual({
      list: [{ N: 2 }],
      pageInfo: { totalRows: 2, page: 1, pageSize: 1, isFirstPage: true, isLastPage: false },
    });
    expect(answer.body.y.list).toEqual([{ N: null }]);
  });

  it('groups, without a view too', async () => {
    const answer = await bulk('group', [{ alias: 'g', column_name: 'Name', sort: '-count' }]);
    expect(answer.status).toBe(201);
    expect(answer.body.g.list[0]).toEqual({ count: 2, Name: 'a' });
    const view = await bulk('group', [{ alias: 'g', column_name: 'Name' }], `?viewId=${t.wire.views[0].id}`);
    expect(view.status).toBe(201);
  });

  it.each([
    ['aggregate', [], 400],
    ['aggregate', undefined, 400],
    ['aggregate', 'text', 400],
    ['aggregate', [5], 400],
    ['aggregate', [{ where: '' }], 400],
    ['aggregate', [{ alias: 'a' }, { alias: 'a' }], 422],
    ['datalist', [{ alias: 'a', where: { x: 1 } }], 422],
    ['datalist', [{ alias: 'a', where: '(Nope,eq,1)' }], 422],
    ['datalist', [{ alias: 'a', fields: 'Nope' }], 404],
    ['datalist', Array.from({ length: 101 }, (_, i) => ({ alias: `a${i}` })), 422],
    ['group', [{ alias: 'a' }], 400],
    ['group', [{ alias: 'a', column_name: 'Nope' }], 404],
  ])('%s %j is %i', async (what, body, status) => {
    const answer = await bulk(what, body === 'text' ? '"text"' : body);
    expect(answer.status).toBe(status);
    expect(answer.body.msg).toEqual(expect.any(String));
  });
});
