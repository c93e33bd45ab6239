import type { AggregateName, FunctionName, StorageKind, Value } from '../../../../columnTypes/query.ts';
import { AppError } from '../../../core/errors.ts';
import type { RawValue } from '../../../core/ports.ts';
import type { Dialect } from '../../engine.ts';
import { bound, type Fragment, join, raw, sql } from '../../fragment.ts';
import { averageOf, extreme, medianOf, orderKey, orderKeyOf, readDecimal, sumOf } from './decimals.ts';
import { wasDone } from './errno.ts';
import { spellIndex } from './indexes.ts';
import { jsonRow, jsonRows, jsonValue } from './json.ts';
import { quote } from './names.ts';
import { fold, longestRegex, type Search, searchOfItem, searchOfPattern } from './patterns.ts';
import type { Server } from './server.ts';

/** As on SQLite, so that the same request is refused everywhere. */
const maxPatternBytes = 50_000;
/** Longer lists of values travel as one parameter; texts are looked up in spelled ones only. */
const maxSpelledValues = 1000;
const maxSpelledTexts = 2048;

const nativeTypes: Readonly<Record<StorageKind, string>> = {
  text: 'longtext',
  json: 'longtext',
  decimal: 'text',
  integer: 'bigint',
  boolean: 'tinyint',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
};

const isTextual = (storage: StorageKind): boolean => nativeTypes[storage].endsWith('text');

function bind(value: Value, storage: StorageKind): unknown {
  if (typeof value === 'boolean') return Number(value);
  return storage === 'datetime' && typeof value === 'string' ? value.slice(0, 19) : value;
}

const parameter = (value: Value, storage: StorageKind): Fragment => bound(bind(value, storage));

/** A stored value as its canonical text or number. */
function readValue(of: Fragment, storage: StorageKind): Fragment {
  if (storage === 'date') return sql`cast(${of} as char(10))`;
  if (storage === 'time') return sql`cast(${of} as char(8))`;
  return storage === 'datetime' ? sql`concat(cast(${of} as char(19)), '+00:00')` : of;
}

const textOf = (of: Fragment, storage: StorageKind): Fragment =>
  storage === 'integer' || storage === 'boolean' ? sql`cast(${of} as char)` : readValue(of, storage);

/** The one letter that has two in lower case. */
const unfolded = (of: Fragment): Fragment => sql`replace(${of}, 'İ', 'i̇')`;

/** As bytes: compared by them on every server, blanks at the end included. */
const lower = (of: Fragment): Fragment =>
  sql`cast(lower(${unfolded(of)} collate utf8mb4_unicode_520_ci) as binary)`;

const search = (of: Fragment, { regex, ascii }: Search): Fragment =>
  sql`(${ascii ? of : unfolded(of)} regexp ${bound(regex)})`;

function matchesPattern(of: Fragment, pattern: string, storage: StorageKind): Fragment {
  if (Buffer.byteLength(pattern) > maxPatternBytes) {
    throw new AppError('INVALID_FILTER', `A text to search for may have at most ${maxPatternBytes} bytes.`);
  }
  const text = textOf(of, storage);
  return pattern.length <= longestRegex
    ? search(text, searchOfPattern(pattern))
    : sql`(${lower(text)} like ${bound(fold(pattern))})`;
}

const hasItem = (of: Fragment, item: string): Fragment =>
  item.length <= longestRegex
    ? search(of, searchOfItem(item))
    : sql`(instr(concat(',', ${lower(of)}, ','), ${bound(`,${fold(item)},`)}) > 0)`;

/** The next power of two: lists of like lengths share a statement. */
const roundUp = (length: number): number => 2 ** Math.ceil(Math.log2(length));

function spelledList(of: Fragment, values: readonly Value[], storage: StorageKind): Fragment {
  const last = values.at(-1) as Value;
  const padded = Array.from({ length: roundUp(values.length) }, (_, index) => values[index] ?? last);
  return sql`(${of} in (${join(
    padded.map((value) => parameter(value, storage)),
    ', ',
  )}))`;
}

const asJson = (value: Value, storage: StorageKind): string => {
  const taken = bind(value, storage);
  return typeof taken === 'string' ? JSON.stringify(taken) : String(taken);
};

function travellingList(of: Fragment, values: readonly Value[], storage: StorageKind): Fragment {
  const list = bound(`[${values.map((value) => asJson(value, storage)).join(',')}]`);
  const from = sql`json_table(${list}, '$[*]' columns (v ${raw(nativeTypes[storage])} path '$')) as listed`;
  return isTextual(storage)
    ? sql`(cast(${of} as binary) in (select cast(v as binary) from ${from}))`
    : sql`(${of} in (select v from ${from}))`;
}

const inValues = (of: Fragment, values: readonly Value[], storage: StorageKind): Fragment =>
  values.length <= (isTextual(storage) ? maxSpelledTexts : maxSpelledValues)
    ? spelledList(of, values, storage)
    : travellingList(of, values, storage);

function aggregate(name: AggregateName, of: Fragment | null, storage: StorageKind): Fragment {
  if (of === null) return raw('count(*)');
  const decimal = storage === 'decimal';
  switch (name) {
    case 'count':
      return sql`count(${of})`;
    case 'countDistinct':
      return sql`count(distinct ${of})`;
    case 'sum':
      return decimal ? sumOf(of) : sql`sum(${of})`;
    case 'min':
    case 'max':
      return decimal ? extreme(name, of) : sql`${raw(name)}(${of})`;
    case 'avg':
      return averageOf(decimal ? sumOf(of) : sql`sum(${of})`, of);
    case 'median':
      return medianOf(of, decimal ? orderKey(of) : of);
    case 'stdDev':
      return sql`stddev_pop(${of} + 0e0)`;
  }
}

function fromDriver(storage: StorageKind): ((value: unknown) => RawValue) | undefined {
  if (storage === 'boolean') return (value) => (value === null ? null : Number(value) === 1);
  if (storage === 'decimal') return readDecimal;
  if (storage !== 'integer') return undefined;
  return (value) =>
    typeof value === 'string' && Number.isSafeInteger(Number(value)) ? Number(value) : (value as RawValue);
}

const call = (name: FunctionName, args: readonly Fragment[]): Fragment =>
  name === 'lower' ? lower(args[0] as Fragment) : sql`char_length(${args[0] as Fragment})`;

/** What reads and writes need is the same on every server; tables are made as `server` spells them. */
export const createDialect = (server: Omit<Server, 'largestPacket'>): Dialect => ({
  name: 'mysql',
  maxParameters: 65_535,
  quote,
  placeholder: () => '?',
  // An index holds 3072 bytes, so a text that is a key ends somewhere.
  nativeType: (storage, { key }) => (key && isTextual(storage) ? 'varchar(255)' : nativeTypes[storage]),
  integerKey: (autoIncrement) => `bigint not null${autoIncrement ? ' auto_increment' : ''} primary key`,
  createIndex: (index, table, connection) => spellIndex(server, index, table, connection),
  dropIndex: (name, table) => `drop index ${quote(name)} on ${quote(table)}`,
  defaultRow: '() values ()',
  insertNew: ['insert ignore into', ''],
  bind,
  parameter,
  orderTerms: (of, storage) => [storage === 'decimal' ? orderKey(of) : of],
  orderValues: (value, storage) => [
    storage === 'decimal' && value !== null ? bound(orderKeyOf(String(value))) : parameter(value, storage),
  ],
  nullsOrder: () => '', // as wanted
  toDecimal: (of) => sql`cast(${of} as char)`,
  readValue,
  fromDriver,
  jsonValue,
  jsonRows,
  jsonRow,
  matchesPattern,
  hasItem,
  inValues,
  call,
  aggregate,
  random: raw('rand()'),
  window: sql` limit ${bound(undefined)} offset ${bound(undefined)}`,
  tableOptions: ` engine = InnoDB row_format = dynamic default character set utf8mb4 collate ${server.collation}`,
  wasDone,
});
