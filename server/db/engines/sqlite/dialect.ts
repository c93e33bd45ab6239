import type { JsonShape } from '../../../../columnTypes/columnType.ts';
import type { AggregateName, StorageKind, Value } from '../../../../columnTypes/query.ts';
import { AppError } from '../../../core/errors.ts';
import type { RawValue } from '../../../core/ports.ts';
import type { Dialect, JsonMember } from '../../engine.ts';
import { bound, type Fragment, join, raw, sql } from '../../fragment.ts';
import { noRest, orderRest, plainDigits, shortDecimal } from './decimals.ts';
import { fold } from './functions.ts';

/** SQLITE_MAX_FUNCTION_ARG is 1000 and json_object takes two for a member. */
const maxJsonMembers = 500;
/** SQLITE_MAX_LIKE_PATTERN_LENGTH, in bytes. */
const maxPatternBytes = 50_000;
/** Longer lists of values travel as one parameter, so that the statement is the same for every length. */
const maxSpelledValues = 8;

const safeIntegers = raw('between -9007199254740991 and 9007199254740991');
const short = raw(String(shortDecimal));
const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

function quote(identifier: string): string {
  if (identifier.includes('\0')) throw new Error('an identifier holds a NUL character');
  return `"${identifier.replaceAll('"', '""')}"`;
}

function literal(text: string): Fragment {
  // A NUL would end the statement; bound, it is a character like others.
  return text.includes('\0') ? bound(text) : raw(`'${text.replaceAll("'", "''")}'`);
}

/**
 * A number is bound as REAL. A column of INTEGER affinity converts it, an
 * expression does not, and JSON would then say 5.0: there it goes as bigint.
 */
function asInteger(value: Value): unknown {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;
}

const isWhole = (storage: StorageKind): boolean => storage === 'integer' || storage === 'boolean';

const parameter = (value: Value, storage: StorageKind): Fragment =>
  bound(isWhole(storage) ? asInteger(value) : value);

const exactInteger = (of: Fragment): Fragment => sql`iif(${of} ${safeIntegers}, ${of}, cast(${of} as text))`;

/** The double a decimal stands for, then what the double leaves out (see orderRest). */
function orderTerms(of: Fragment, storage: StorageKind): readonly Fragment[] {
  if (storage !== 'decimal') return [of];
  return [
    sql`iif(length(${of}) > ${short}, rg_double(${of}), cast(${of} as real))`,
    sql`iif(length(${of}) > ${short}, rg_order_rest(${of}), ${raw(`'${noRest}'`)})`,
  ];
}

function orderValues(value: Value, storage: StorageKind): readonly Fragment[] {
  if (storage !== 'decimal') return [parameter(value, storage)];
  if (value === null) return [bound(null), bound(null)];
  return [bound(Number(value)), bound(orderRest(String(value)))];
}

/** A decimal that a double holds as written is a JSON number, any other a string of its digits. */
const decimalAsJson = (of: Fragment): Fragment =>
  sql`iif((length(${of}) <= ${short} or rg_fits_double(${of})) and json_valid(${of}), json(${of}), ${of})`;

function jsonValue(of: Fragment, storage: StorageKind, shape: JsonShape, lists: 'text' | 'array') {
  switch (shape) {
    case 'string':
      return isWhole(storage) || storage === 'json' ? undefined : of;
    case 'number':
      if (storage === 'integer') return exactInteger(of);
      return storage === 'decimal' ? decimalAsJson(of) : undefined;
    case 'boolean':
      return storage === 'boolean'
        ? sql`case ${of} when 1 then json('true') when 0 then json('false') end`
        : undefined;
    case 'json':
      // SQLite reads JSON 1000 levels deep; what it cannot read must not fail the whole page.
      return storage === 'json' ? sql`iif(json_valid(${of}), json(${of}), ${of})` : undefined;
    case 'list':
      return storage === 'text' && lists === 'text' ? of : undefined;
    default:
      return undefined; // people are looked up by the core
  }
}

const jsonObject = (members: readonly JsonMember[]): Fragment =>
  sql`json_object(${join(
    members.map(({ key, value }) => sql`${literal(key)}, ${value}`),
    ', ',
  )})`;

function matchesPattern(of: Fragment, pattern: string): Fragment {
  // LIKE folds ASCII letters only; a pattern without others needs no more.
  const ascii = isAscii(pattern);
  const folded = ascii ? pattern : fold(pattern);
  if (Buffer.byteLength(folded) > maxPatternBytes) {
    throw new AppError('INVALID_FILTER', `A text to search for may have at most ${maxPatternBytes} bytes.`);
  }
  // As an expression: a bare parameter makes SQLite prepare the statement again at every binding.
  const wanted = sql`(${bound(folded)} || '')`;
  return ascii ? sql`(${of} like ${wanted})` : sql`(rg_fold(${of}) like ${wanted})`;
}

function hasItem(of: Fragment, item: string): Fragment {
  const list = sql`',' || ${of} || ','`;
  return isAscii(item)
    ? sql`(instr(lower(${list}), ${bound(`,${item.toLowerCase()},`)}) > 0)`
    : sql`(instr(rg_fold(${list}), ${bound(`,${fold(item)},`)}) > 0)`;
}

function inValues(of: Fragment, values: readonly Value[], storage: StorageKind): Fragment {
  if (values.length <= maxSpelledValues) {
    const list = join(
      values.map((value) => parameter(value, storage)),
      ', ',
    );
    return sql`(${of} in (${list}))`;
  }
  const texts = values.map((value) => (isWhole(storage) ? String(asInteger(value)) : JSON.stringify(value)));
  return sql`(${of} in (select value from json_each(${bound(`[${texts.join(',')}]`)})))`;
}

function aggregate(name: AggregateName, of: Fragment | null, storage: StorageKind): Fragment {
  if (of === null) return raw('count(*)');
  const decimal = storage === 'decimal';
  switch (name) {
    case 'count':
      return sql`count(${of})`;
    case 'countDistinct':
      return sql`count(distinct ${of})`;
    case 'sum': // sum() of integers fails beyond 64 bits; its halves cannot
      return decimal
        ? sql`rg_sum(${of})`
        : sql`rg_join_halves(sum((${of}) >> 32), sum((${of}) & 4294967295))`;
    case 'min':
    case 'max':
      return decimal ? sql`${raw(`rg_${name}`)}(${of})` : sql`${raw(name)}(${of})`;
    case 'avg':
      return decimal ? sql`rg_avg(${of})` : sql`rg_plain_digits(avg(${of}))`;
    case 'median':
      return sql`rg_median(${decimal ? of : exactInteger(of)})`;
    case 'stdDev':
      return sql`rg_std_dev(cast(${of} as real))`;
  }
}

function fromDriver(storage: StorageKind): ((value: unknown) => RawValue) | undefined {
  if (storage === 'boolean') return (value) => (value === null ? null : value === 1);
  if (storage === 'decimal')
    return (value) => (typeof value === 'number' ? plainDigits(value) : (value as RawValue));
  return undefined;
}

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  maxParameters: 32_766, // SQLITE_MAX_VARIABLE_NUMBER
  quote,
  placeholder: () => '?',
  nativeType: (storage) => (isWhole(storage) ? 'INTEGER' : 'TEXT'),
  integerKey: (autoIncrement) => `INTEGER primary key${autoIncrement ? ' autoincrement' : ''}`,
  createIndex: ({ name, unique, columns }, table) =>
    `create ${unique ? 'unique ' : ''}index ${quote(name)} on ${quote(table)} (${columns.map(quote).join(', ')})`,
  dropIndex: (name) => `drop index ${quote(name)}`,
  defaultRow: 'default values',
  insertNew: ['insert into', ' on conflict do nothing'],
  bind: (value, _storage) => (typeof value === 'boolean' ? Number(value) : value),
  parameter,
  orderTerms,
  orderValues,
  nullsOrder: () => '', // as wanted
  toDecimal: (of) => sql`cast(${of} as text)`,
  readValue: (of, storage) => (storage === 'integer' ? exactInteger(of) : of),
  fromDriver,
  jsonValue,
  // json_group_array, read as a blob, reaches JavaScript as the bytes to send.
  jsonRows: (members, from) =>
    members.length > maxJsonMembers
      ? undefined
      : sql`select cast(json_group_array(${jsonObject(members)}) as blob) from ${from}`,
  jsonRow: (members, from) =>
    members.length > maxJsonMembers
      ? undefined
      : sql`select cast(${jsonObject(members)} as blob) from ${from}`,
  matchesPattern,
  hasItem,
  inValues,
  call: (name, args) => sql`${raw(name === 'lower' ? 'rg_lower' : 'length')}(${join(args, ', ')})`,
  aggregate,
  random: raw('random()'),
  // A bare `limit ?` makes SQLite prepare the statement again at every binding: a page took twice as long.
  window: sql` limit 0 + ${bound(undefined)} offset ${bound(undefined)}`,
  tableOptions: ' STRICT',
};
