import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestRequest } from '../support/app.ts';
import { expectRefusals, type Refusal } from '../support/badRequests.ts';
import { loneSurrogate, nul, prototypeKeys, sqlTexts } from '../support/hostile.ts';
import { escapeLoosely } from '../support/sendRandom.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ NC_DATA_PAYLOAD_LIMIT: '1000' });
});
afterAll(() => world.watcher.close());

const records = (suffix = ''): string => `/api/v2/tables/${world.mine.tableId}/records${suffix}`;
const data = (suffix = ''): string =>
  `/api/v1/db/data/noco/${world.mine.baseId}/${world.mine.tableId}${suffix}`;
const bulk = (suffix = ''): string => data(suffix).replace('/data/', '/data/bulk/');
const by = () => ({ jwt: world.owner.jwt });
const get = (path: string): TestRequest => ({ method: 'GET', path, ...by() });
const send = (method: TestRequest['method'], path: string, body: unknown): TestRequest => ({
  method,
  path,
  body: JSON.stringify(body),
  ...by(),
});
const refused = (cases: readonly Refusal[]) => expectRefusals(world, cases);

/** Everything that reads a query about records. */
const readers = (): string[] => [
  records(),
  records('/count'),
  `/api/v2/tables/${world.mine.tableId}/aggregate`,
  data(),
  data('/count'),
  data('/find-one'),
  data('/groupby'),
  data('/export/csv'),
];

describe('filters', () => {
  const many = (count: number): string => Array(count).fill('(Id,eq,1)').join('~or');
  const deep = (depth: number): string => `${'('.repeat(depth)}(Id,eq,1)${')'.repeat(depth)}`;
  const rows = Array(10_000).fill({ fk_column_id: 'Id', comparison_op: 'eq', value: 1 });
  const nested = (depth: number): unknown =>
    JSON.parse(`${'[{"is_group":true,"children":'.repeat(depth)}[]${'}]'.repeat(depth)}`);

  const whole: [string, string][] = [
    ['10,000 terms', `where=${many(10_000)}`],
    ['10,000 quoted terms', `where=@${many(10_000)}`],
    ['10,000 parentheses', `where=${deep(10_000)}`],
    ['10,000 quoted parentheses', `where=@${deep(10_000)}`],
    ['10,000 open parentheses', `where=${'('.repeat(10_000)}`],
    ['10,000 rows', `filterArrJson=${encodeURIComponent(JSON.stringify(rows))}`],
    ['80 nested groups', `filterArrJson=${encodeURIComponent(JSON.stringify(nested(80)))}`],
    ['10,000 values in a list', `where=(Id,in,${Array(10_000).fill('1').join(',')})`],
    ['10,000 repeated filters', Array(10_000).fill('where=(Id,eq,1)').join('&')],
  ];
  test.each(whole)('of %s are refused in addresses', (what, search) =>
    refused(readers().map((path) => ({ what, request: get(`${path}?${search}`), status: [422, 400] }))),
  );

  test('of absurd size are refused in bodies', () => {
    const members: Record<string, unknown>[] = [
      { where: many(10_000) },
      { where: deep(10_000) },
      { where: `@${deep(10_000)}` },
      { where: `(Id,in,${Array(10_000).fill('1').join(',')})` },
      { filterArrJson: rows },
      { filterArrJson: nested(40), where: many(1000) },
      { filterArrJson: '['.repeat(10_000) + ']'.repeat(10_000), where: many(1000) },
    ];
    const cases = members.flatMap((member) =>
      ['datalist', 'aggregate', 'group'].map((kind) => ({
        what: Object.keys(member).join(),
        request: send('POST', `/api/v2/tables/${world.mine.tableId}/bulk/${kind}`, [
          { alias: 'a', column_name: 'Name', ...member },
        ]),
        status: [422, 400],
      })),
    );
    return refused(cases);
  });

  test('that cannot be read change nothing where they would choose what to change', () => {
    const searches = [
      'filterArrJson=[',
      'filterArrJson={}',
      'filterArrJson=null',
      'filterArrJson=[{"field":"Name","operator":"eq","value":"one"}]',
      'where=(Name,eq,one',
      'where=(Nope,eq,one)',
      'where=Name eq one',
      'where=(Name,nope,one)',
      'viewId=nope',
    ];
    const cases = searches.flatMap((search) => [
      {
        what: search,
        request: { method: 'DELETE', path: `${bulk('/all')}?${encodeURI(search)}`, ...by() } as const,
      },
      { what: search, request: send('PATCH', `${bulk('/all')}?${encodeURI(search)}`, { Name: 'x' }) },
    ]);
    return refused(cases);
  });
});

describe('names of fields that do not exist', () => {
  const names = [
    ...sqlTexts,
    ...prototypeKeys,
    nul,
    `a${nul}b`,
    loneSurrogate,
    'rowid',
    'select',
    '*',
    '1',
    "' OR 1=1",
    'x'.repeat(5000),
  ];
  const places: [string, (name: string) => string][] = [
    ['a filter', (name) => `${records()}?where=@("${name.replace(/["\\]/g, '\\$&')}",eq,1)`],
    [
      'a filter row',
      (name) =>
        `${records()}?filterArrJson=${JSON.stringify([{ fk_column_id: name, comparison_op: 'eq', value: 1 }])}`,
    ],
    ['a sort row', (name) => `${records()}?sortArrJson=${JSON.stringify([{ fk_column_id: name }])}`],
    ['a list of fields', (name) => `${records()}?fields=${JSON.stringify([name])}`],
    ['a grouping', (name) => `${data('/groupby')}?column_name=${name.replaceAll(',', ';')}`],
    [
      'an aggregation',
      (name) =>
        `/api/v2/tables/${world.mine.tableId}/aggregate?aggregation=${JSON.stringify([{ field: name, type: 'count' }])}`,
    ],
    ['an operator', (name) => `${records()}?where=@(Name,${JSON.stringify(name)},1)`],
    [
      'the kind of an aggregation',
      (name) =>
        `/api/v2/tables/${world.mine.tableId}/aggregate?aggregation=${JSON.stringify([{ field: 'Name', type: name }])}`,
    ],
    ['a view', (name) => `${records()}?viewId=${name}`],
    ['a primary key', (name) => `${records()}?pks=x${name.replaceAll(',', ';')}`],
  ];
  test.each(places)('in %s', (what, place) =>
    refused(
      names.map((name) => {
        const [path = '', search = ''] = place(name).split(/\?(.*)/s);
        const [key = '', value = ''] = search.split(/=(.*)/s);
        return {
          what: `${what} ${name.slice(0, 40)}`,
          request: get(`${path}?${key}=${escapeLoosely(value)}`),
        };
      }),
    ),
  );

  test('in records: ignored unless they must be known, and never a prototype', async () => {
    const cases = names
      .filter((name) => name !== '__proto__')
      .map((name) => ({
        what: name,
        request: send('POST', `${records()}?unknownFields=reject`, { [name]: 1, Name: 'x' }),
      }));
    await refused(cases);
    for (const name of names.filter((each) => each !== '__proto__')) {
      const answer = await world.app.inject(
        send('POST', records(), { [name]: { polluted: true }, Name: 'kept' }),
      );
      expect([name, answer.status]).toEqual([name, 200]);
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
