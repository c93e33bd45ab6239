import { Type } from 'typebox';
import { AppError } from '../../core/errors.ts';
import { type AggregationTerm, aggregateRecords } from '../../core/records/aggregate.ts';
import { groupRecords } from '../../core/records/group.ts';
import { compileList, runList } from '../../core/records/list.ts';
import { type AnyRoute, type Call, Json } from '../route.ts';
import { parseJsonArray } from './filterArray.ts';
import { parseListQuery, type Query, readOne, readSelection } from './listQuery.ts';
import { encodePage, parseGroupQuery } from './recordReads.ts';

/** Aggregates, and several questions about a table in one request. */

// biome-ignore lint/suspicious/noExplicitAny: bodies are read item by item
type AnyCall = Call<any>;

export const aggregationParameter: NonNullable<AnyRoute['query']> = {
  aggregation: {
    schema: Type.String({ examples: ['[{"field":"Id","type":"count"}]'] }),
    description:
      'What to work out, as a JSON array of `{field, type}`. A field is a column id, title or physical name. The first answer about a field is called like the field, each further one `<field>:<type>`.',
  },
};

const malformed = (detail: string): AppError =>
  new AppError(
    'UNPROCESSABLE',
    `Invalid aggregation: ${detail} Write [{"field":"<column id or title>","type":"sum"}].`,
  );

/** Throws UNPROCESSABLE for what is no list of `{field, type}`. */
function readAggregation(query: Query): AggregationTerm[] {
  const text = readOne(query, 'aggregation');
  if (text === undefined || text.trim() === '') return [];
  const items = parseJsonArray(text);
  if (items === undefined) throw malformed('it is not a JSON array.');
  return items.map((item, i) => {
    const { field, type } = (item ?? {}) as Record<string, unknown>;
    if (typeof field !== 'string' || typeof type !== 'string')
      throw malformed(`item ${i} lacks field or type.`);
    return { field, type };
  });
}

export async function answerAggregate(call: AnyCall): Promise<Json> {
  const { core, target, query } = call;
  const text = await aggregateRecords(core, target.table, readSelection(query), readAggregation(query));
  return new Json(Buffer.from(text));
}

/** Questions of one request: each costs a query. */
const maxQuestions = 100;

interface Question {
  readonly alias: string;
  /** The members of the item as a query string would carry them. */
  readonly query: Query;
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** Members that a query would carry as JSON may stand in a body as JSON. */
const jsonMembers: ReadonlySet<string> = new Set(['filterArrJson', 'sortArrJson', 'aggregation']);

function toQuery(item: Record<string, unknown>, inherited: Query): Query {
  const members = new Map<string, string | string[]>();
  for (const [name, value] of Object.entries(item)) {
    if (name === 'alias' || value === null || value === undefined) continue;
    if (isScalar(value)) members.set(name, String(value));
    else if (jsonMembers.has(name)) members.set(name, JSON.stringify(value));
    else if (Array.isArray(value)) members.set(name, value.filter(isScalar).map(String));
    else
      throw new AppError(
        'UNPROCESSABLE',
        `Invalid bulkFilterList: '${name.slice(0, 100)}' must be a text or a list of texts`,
      );
  }
  for (const name of ['viewId', 'aggregation']) {
    const value = inherited[name];
    if (!members.has(name) && value !== undefined) members.set(name, value as string | string[]);
  }
  return Object.fromEntries(members);
}

/** Throws BAD_REQUEST for an empty or malformed list, UNPROCESSABLE for a repeated alias. */
function readQuestions(call: AnyCall): Question[] {
  const body: unknown = call.body;
  if (!Array.isArray(body) || body.length === 0) throw new AppError('BAD_REQUEST', 'Invalid bulkFilterList');
  if (body.length > maxQuestions) {
    throw new AppError('UNPROCESSABLE', `Invalid bulkFilterList: at most ${maxQuestions} items are accepted`);
  }
  const seen = new Set<string>();
  return body.map((item: unknown, i) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      throw new AppError('BAD_REQUEST', `Invalid bulkFilterList: item ${i} is not an object`);
    }
    const { alias } = item as Record<string, unknown>;
    if (typeof alias !== 'string' || alias === '') {
      throw new AppError('BAD_REQUEST', `Invalid bulkFilterList: item ${i} has no alias`);
    }
    if (seen.has(alias)) {
      throw new AppError(
        'UNPROCESSABLE',
        `Invalid bulkFilterList: the alias '${alias.slice(0, 100)}' occurs twice`,
      );
    }
    seen.add(alias);
    return { alias, query: toQuery(item as Record<string, unknown>, call.query) };
  });
}

async function answerEach(call: AnyCall, answer: (query: Query) => Promise<string>): Promise<Json> {
  const parts: string[] = [];
  for (const { alias, query } of readQuestions(call))
    parts.push(`${JSON.stringify(alias)}:${await answer(query)}`);
  return new Json(Buffer.from(`{${parts.join(',')}}`));
}

export const answerBulkAggregate = (call: AnyCall): Promise<Json> =>
  answerEach(call, (query) =>
    aggregateRecords(call.core, call.target.table, readSelection(query), readAggregation(query)),
  );

export const answerBulkList = (call: AnyCall): Promise<Json> =>
  answerEach(call, async (query) => {
    const { core, target } = call;
    const list = compileList(core, target.table, `bulk ${JSON.stringify(query)}`, () =>
      parseListQuery(query, core.settings),
    );
    return encodePage(await runList(core, list)).toString();
  });

export const answerBulkGroups = (call: AnyCall): Promise<Json> =>
  answerEach(call, async (query) => {
    const request = parseGroupQuery(call, query, undefined);
    return encodePage(await groupRecords(call.core, call.target.table, request)).toString();
  });
