import fc from 'fast-check';
import type { AnyRoute } from '../../server/api/route.ts';
import { hostileStrings, numberTexts, rawBodies } from './hostile.ts';
import { placeholders } from './placeholders.ts';
import { randomBody, randomQuestions, randomRecord } from './randomBody.ts';

/** Requests at a route: some that could succeed, most of them wrong somewhere. */

export const credentials = [
  'owner',
  'viewer',
  'outsider',
  'token',
  'baseToken',
  'theirToken',
  'bad',
  'none',
] as const;
export type CredentialName = (typeof credentials)[number];

export interface RandomRequest {
  readonly route: AnyRoute;
  /** The path with its parameters filled in; names of placeholders stand for ids of the world. */
  readonly path: readonly (string | { readonly raw: string })[];
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly body: string | Buffer | undefined;
  readonly contentType: string | undefined;
  readonly credential: CredentialName;
}

const idOf: Readonly<Record<string, readonly string[]>> = {
  baseId: ['‹mine.baseId›'],
  base: ['‹mine.baseId›', '‹mine.baseTitle›'],
  table: ['‹mine.tableId›', '‹mine.tableTitle›'],
  tableId: ['‹mine.tableId›'],
  columnId: ['‹mine.column1›', '‹mine.column5›', '‹mine.column9›'],
  viewId: ['‹mine.viewId›'],
  view: ['‹mine.viewId›', '‹mine.tableTitle›'],
  viewColumnId: ['‹mine.viewColumnId›'],
  filterId: ['‹mine.filterId›'],
  sortId: ['‹mine.sortId›'],
  jobId: ['‹mine.jobId›'],
  sourceId: ['‹mine.sourceId›'],
  tokenId: ['‹token.id›', '‹mine.tokenId›'],
  sessionId: ['‹session.owner›', '‹session.viewer›'],
  userId: ['‹viewer.userId›', '‹owner.userId›', '‹outsider.userId›'],
  rowId: ['1', '2', '3', '99'],
  orgs: ['noco', 'x'],
  file: ['swagger-ui.css', 'nothing.js'],
};

const brokenEscapes = ['%', '%zz', '%e0%a4%a', '%ff', '%ed%a0%80', '%00', '%2f', '%c0%af'];

/** A parameter of a path: mostly right, so that what lies behind is reached. */
const pathParameter = (name: string) =>
  fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom(...(idOf[name] ?? ['x'])) },
    { weight: 2, arbitrary: fc.constantFrom(...placeholders) },
    { weight: 2, arbitrary: fc.constantFrom(...hostileStrings.filter((text) => text !== '')) },
    { weight: 1, arbitrary: fc.constantFrom(...numberTexts.filter((text) => text !== '')) },
    { weight: 1, arbitrary: fc.constantFrom(...brokenEscapes).map((raw) => ({ raw })) },
  );

function pathOf(pattern: string): fc.Arbitrary<RandomRequest['path']> {
  const parts = pattern.split(/(:[A-Za-z]+)/).filter((part) => part !== '');
  return fc.tuple(
    ...parts.map((part) =>
      part.startsWith(':') ? pathParameter(part.slice(1)) : fc.constant({ raw: part }),
    ),
  );
}

const fieldNames = [
  'Id',
  'Name',
  'Count',
  'Price',
  'Done',
  'Day',
  'At',
  'Data',
  'Kind',
  'Tags',
  'Who',
  'Nope',
];
const operators =
  'eq neq not gt lt ge gte le lte in like nlike is isnot null notnull blank notblank empty allof anyof nallof nanyof btw nbtw isWithin checked notchecked between'.split(
    ' ',
  );
const values = [
  '1',
  'a',
  '',
  'null',
  'today',
  'exactDate',
  'pastWeek',
  '1,2',
  '2024-01-01',
  '-1',
  '1e400',
  'true',
];

const field = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...fieldNames) },
  { weight: 1, arbitrary: fc.constantFrom(...hostileStrings) },
);
const filterTerm = fc
  .tuple(
    field,
    fc.constantFrom(...operators),
    fc.oneof(fc.constantFrom(...values), fc.constantFrom(...hostileStrings)),
  )
  .map(([of, op, value]) => `(${of},${op},${value})`);
const filter = fc.oneof(
  filterTerm,
  fc
    .tuple(filterTerm, fc.constantFrom('~and', '~or', '~not', '~xor', ''), filterTerm)
    .map((parts) => parts.join('')),
  filterTerm.map((term) => `@${term}`),
  filterTerm.map((term) => `(${term}`),
  fc.string({ unit: fc.constantFrom(...'(),~@"\'\\andornot Id1') }),
);

const aggregations =
  'sum avg min max count count_empty count_filled count_unique percent_empty median std_dev range earliest_date latest_date checked none nope'.split(
    ' ',
  );

const jsonOf = (names: readonly string[]) =>
  fc
    .array(
      fc.dictionary(
        fc.constantFrom(...names),
        fc.oneof(field, fc.constantFrom(...values), fc.jsonValue({ maxDepth: 2 })),
      ),
      { maxLength: 3 },
    )
    .map((list) => JSON.stringify(list));

const parameterOf: Readonly<Record<string, fc.Arbitrary<string>>> = {
  where: filter,
  filterArrJson: jsonOf([
    'fk_column_id',
    'comparison_op',
    'comparison_sub_op',
    'value',
    'logical_op',
    'is_group',
    'children',
  ]),
  sortArrJson: jsonOf(['fk_column_id', 'direction']),
  aggregation: fc
    .array(fc.tuple(field, fc.constantFrom(...aggregations)), { minLength: 1, maxLength: 3 })
    .map((terms) => JSON.stringify(terms.map(([name, type]) => ({ field: name, type })))),
  sort: fc.tuple(fc.constantFrom('', '-', '+', '--'), field).map((parts) => parts.join('')),
  fields: fc.array(field, { maxLength: 3 }).map((list) => list.join(',')),
  column_name: fc.array(field, { maxLength: 3 }).map((list) => list.join(',')),
  pks: fc
    .array(fc.oneof(fc.constantFrom('1', '2', '9'), fc.constantFrom(...hostileStrings)), { maxLength: 3 })
    .map((list) => list.join(',')),
  before: fc.constantFrom('1', '2', 'x', ''),
};

const otherNames = [
  'limit',
  'offset',
  'page',
  'where',
  'fields[]',
  'nested[Name][where]',
  'x',
  'constructor',
  '__proto__',
  'a[b]',
  '',
  'shuffle',
  'getHiddenColumns',
  'include',
  'v',
];

function queryOf(route: AnyRoute): fc.Arbitrary<RandomRequest['query']> {
  const known = Object.keys(route.query ?? {});
  const anything = fc.oneof(
    fc.constantFrom(...numberTexts),
    fc.constantFrom(...values),
    fc.constantFrom(...hostileStrings),
    fc.constantFrom(...placeholders),
  );
  const pair = (name: string) =>
    fc
      .oneof(
        { weight: 3, arbitrary: parameterOf[name] ?? fc.constantFrom(...numberTexts, ...values) },
        { weight: 1, arbitrary: anything },
      )
      .map((value): [string, string] => [name, value]);
  const junk = fc.tuple(fc.constantFrom(...otherNames), anything);
  const one =
    known.length === 0
      ? junk
      : fc.oneof(
          { weight: 6, arbitrary: fc.constantFrom(...known).chain(pair) },
          { weight: 1, arbitrary: junk },
        );
  return fc.oneof(
    { weight: known.length === 0 ? 8 : 2, arbitrary: fc.constant([]) },
    { weight: 5, arbitrary: fc.array(one, { minLength: 1, maxLength: 3 }) },
  );
}

const jsonType = 'application/json';
const otherTypes = [
  undefined,
  'text/plain',
  'application/xml',
  'multipart/form-data',
  'application/json; charset=utf-16',
  'x',
  'application/x-www-form-urlencoded',
  'application/JSON',
];
const file = fc.oneof(
  fc.constantFrom(
    'a,b\n1,2',
    '[{"a":1}]',
    '',
    '\u0000',
    'SQLite format 3\u0000',
    '"',
    '{"a":[1,{"b":2}]}',
    'a\n"x',
  ),
  fc.constantFrom(...rawBodies).map(([, bytes]) => bytes),
  fc.string({ unit: 'binary' }),
);

type Payload = Pick<RandomRequest, 'body' | 'contentType'>;

function shapedBody(route: AnyRoute): fc.Arbitrary<string> {
  if (route.body === undefined) return randomRecord.map((value) => JSON.stringify(value));
  return route.id.startsWith('recordBulk') ? randomQuestions : randomBody(route.body);
}

function payloadOf(route: AnyRoute): fc.Arbitrary<Payload> {
  if (route.bodyKind === 'stream') {
    return fc.record<Payload>({
      body: file,
      contentType: fc.constantFrom('text/csv', 'application/octet-stream', ...otherTypes),
    });
  }
  if (route.method === 'GET') return fc.constant({ body: undefined, contentType: undefined });
  const shaped = shapedBody(route);
  const json = fc.oneof(
    { weight: 14, arbitrary: shaped },
    { weight: 1, arbitrary: fc.jsonValue().map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.constantFrom(...rawBodies).map(([, bytes]) => bytes) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
  return fc.oneof(
    {
      weight: 20,
      arbitrary: json.map((body) => ({ body, contentType: body === undefined ? undefined : jsonType })),
    },
    { weight: 1, arbitrary: fc.record<Payload>({ body: json, contentType: fc.constantFrom(...otherTypes) }) },
  );
}

const credentialOf = fc.oneof(
  { weight: 8, arbitrary: fc.constant<CredentialName>('owner') },
  { weight: 6, arbitrary: fc.constantFrom(...credentials) },
);

const requestOf = (route: AnyRoute): fc.Arbitrary<RandomRequest> =>
  fc
    .tuple(fc.constantFrom(...route.paths).chain(pathOf), queryOf(route), payloadOf(route), credentialOf)
    .map(([path, query, payload, credential]) => ({ route, path, query, ...payload, credential }));

/** A hash of a password is work by design; such routes come less often. */
const slow = /SignUp|SignIn|Password$/;
const isPlain = (route: AnyRoute): boolean =>
  route.method === 'GET' && route.query === undefined && !route.paths.some((path) => path.includes(':'));

function weightOf(route: AnyRoute): number {
  if (slow.test(route.id)) return 1;
  return isPlain(route) ? 3 : 12;
}

export const requestsOf = (routes: readonly AnyRoute[]): fc.Arbitrary<RandomRequest> =>
  fc.oneof(...routes.map((route) => ({ weight: weightOf(route), arbitrary: requestOf(route) })));
