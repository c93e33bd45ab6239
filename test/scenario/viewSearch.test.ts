import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { columnTypes, findColumnType } from '../../columnTypes/index.ts';
import en from '../../web/i18n/en.json' with { type: 'json' };
import { aggregationsOf } from '../../web/views/aggregations.ts';
import { offeredTypes } from '../../web/views/columns/columnKinds.ts';
import { isGroupable, readGroup } from '../../web/views/groups.ts';
import { familyOf, operatorsOf } from '../../web/views/operators.ts';
import { searchWhere, whereOf } from '../../web/views/search.ts';
import { startApp, type TestApp } from '../support/app.ts';

let app: TestApp;
let jwt: string;
// biome-ignore lint/suspicious/noExplicitAny: a table as the wire shows it
let table: any;

const rows = [
  { Name: 'Ada (first), "countess"', Note: null, Size: 12, Tags: 'red,blue', Kind: 'a, b' },
  { Name: "it's ~or(x,eq,1)", Note: 'ada again', Size: 5, Tags: null, Kind: null },
  { Name: '', Note: 'null', Size: null, Tags: 'blue', Kind: 'c' },
];

async function send(path: string, body: unknown, status = 200) {
  const answer = await app.inject({ method: 'POST', path, jwt, body });
  expect(answer.status, answer.text).toBe(status);
  return answer.body;
}

beforeAll(async () => {
  app = await startApp();
  ({ jwt } = await app.signUp());
  const base = await send('/api/v2/meta/bases/', { title: 'Search' });
  table = await send(`/api/v2/meta/bases/${base.id}/tables`, {
    title: 'Rows',
    columns: [
      { title: 'Name', uidt: 'SingleLineText' },
      { title: 'Note', uidt: 'LongText' },
      { title: 'Size', uidt: 'Number' },
      { title: 'Tags', uidt: 'MultiSelect', colOptions: { options: [{ title: 'red' }, { title: 'blue' }] } },
      { title: 'Kind', uidt: 'SingleSelect', colOptions: { options: [{ title: 'a, b' }, { title: 'c' }] } },
      { title: 'Done', uidt: 'Checkbox' },
      { title: 'Due', uidt: 'Date' },
      { title: 'At', uidt: 'DateTime' },
      { title: 'Price', uidt: 'Currency' },
      { title: 'Who', uidt: 'User' },
    ],
  });
  await send(`/api/v2/tables/${table.id}/records`, rows);
});
afterAll(() => app.close());

async function found(where: string | undefined): Promise<number[]> {
  const query = where === undefined ? '' : `?${new URLSearchParams({ where })}`;
  const answer = await app.inject({ method: 'GET', path: `/api/v2/tables/${table.id}/records${query}`, jwt });
  expect(answer.status, answer.text).toBe(200);
  return answer.body.list.map((row: { Id: number }) => row.Id);
}
const search = (text: string) => found(whereOf([searchWhere(table.columns, text)]));

describe('search', () => {
  test('finds a text in any field, in any case', async () => {
    expect(await search('ADA')).toEqual([1, 2]);
    expect(await search('blue')).toEqual([1, 3]);
    expect(await search('12')).toEqual([1]);
    expect(await search('  ')).toEqual([1, 2, 3]);
  });
  test('quotes, parentheses, commas and connectors are only characters', async () => {
    expect(await search('(first), "countess"')).toEqual([1]);
    expect(await search("it's ~or(x,eq,1)")).toEqual([2]);
    expect(await search('null')).toEqual([3]);
    expect(await search('@ada')).toEqual([]);
    expect(await search('a\0da')).toEqual([1, 2]);
    expect(await search('ada\ud800')).toEqual([]);
  });
  test('nothing to look into finds nothing', async () => {
    const [id] = table.columns.filter((column: { pk: boolean }) => column.pk);
    const due = table.columns.filter((column: { title: string }) => column.title === 'Due');
    expect(await found(whereOf([searchWhere(due, 'x')]))).toEqual([]);
    expect(await found(whereOf([searchWhere([id], '3')]))).toEqual([3]);
  });
});

describe('groups', () => {
  test('the rows of a group are found again, whatever it is grouped by', async () => {
    await send(`/api/v2/tables/${table.id}/records`, [
      { Done: true, Due: '2026-01-31', At: '2026-01-31 10:00:00+02:00', Price: '12.50', Who: null },
      { Done: false, Due: null, At: null, Price: '0.1', Name: 'null' },
    ]);
    for (const column of table.columns.filter(isGroupable)) {
      const answer = await send(
        `/api/v2/tables/${table.id}/bulk/group`,
        [{ alias: 'g', column_name: column.id, limit: 100 }],
        201,
      );
      for (const row of answer.g.list) {
        const group = readGroup({ column, sort: 'asc' }, row);
        expect((await found(whereOf([group.where]))).length, `${column.title} ${group.where}`).toBe(
          group.count,
        );
      }
    }
  });
});

describe('what the toolbar and the footer offer', () => {
  test('every operator exists for its type and has words', () => {
    for (const type of columnTypes.filter((each) => each.name !== 'Order')) {
      const family = familyOf({ uidt: type.name });
      for (const operator of operatorsOf[family]) {
        expect(type.operators, `${type.name} ${operator}`).toHaveProperty(operator);
        expect((en.views.operators as Record<string, object>)[family]).toHaveProperty(operator);
      }
    }
  });
  test('every aggregation is answered and has words', async () => {
    const terms = table.columns.flatMap((column: { id: string; uidt: string }) =>
      aggregationsOf(column).map((type) => ({ field: column.id, type })),
    );
    const aggregation = JSON.stringify(terms.slice(0, 200));
    const path = `/api/v2/tables/${table.id}/aggregate?${new URLSearchParams({ aggregation })}`;
    expect((await app.inject({ method: 'GET', path, jwt })).status).toBe(200);
    for (const { type } of terms) expect(en.views.aggregations).toHaveProperty(type);
  });
  test('every type of field that is offered exists and has words', () => {
    for (const name of offeredTypes) expect(findColumnType(name), name).toBeDefined();
    for (const { name } of columnTypes) expect(en.columns.types).toHaveProperty(name);
  });
});
