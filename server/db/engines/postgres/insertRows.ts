import type pg from 'pg';
import type { RawValue, TableRef } from '../../../core/ports.ts';
import type { InsertedRows, WriteConnection } from '../../engine.ts';
import type { Look } from './catalog.ts';
import { answerOf, isLost } from './errors.ts';
import { needsCast } from './native.ts';
import { quote, typeNames } from './spelling.ts';
import { asArrays } from './statements.ts';

/** Rows of one statement. */
const rowsAtOnce = 1000;

export interface Inserting {
  readonly client: pg.PoolClient;
  readonly connection: Pick<WriteConnection, 'explain'>;
  /** Notes a failure that ends the transaction. */
  readonly failed: <T>(query: Promise<T>) => Promise<T>;
}

type Piece = Pick<InsertedRows, 'columns' | 'rows'>;

/** The place of a key that counts up among the columns; -1 where it is not given. */
function countingKeyAt({ key }: TableRef, columns: InsertedRows['columns']): number {
  const [single] = key;
  if (single === undefined || key.length > 1 || single.storage !== 'integer') return -1;
  return columns.findIndex(({ name }) => name === single.name);
}

/** Rows in their order, each piece either with keys or without: a null would be taken for a key. */
function* pieces({ table, columns, rows }: InsertedRows): Generator<Piece & { readonly keyed: boolean }> {
  const keyAt = countingKeyAt(table, columns);
  const keyed = (row: readonly unknown[] | undefined): boolean => keyAt >= 0 && row?.[keyAt] !== null;
  const rest = columns.filter((_, index) => index !== keyAt);
  for (let start = 0; start < rows.length; ) {
    const given = keyed(rows[start]);
    let end = start + 1;
    while (end < rows.length && end - start < rowsAtOnce && keyed(rows[end]) === given) end += 1;
    const piece = rows.slice(start, end);
    if (given || keyAt < 0) yield { columns, rows: piece, keyed: given };
    else
      yield {
        columns: rest,
        rows: piece.map((row) => row.filter((_, index) => index !== keyAt)),
        keyed: false,
      };
    start = end;
  }
}

/** A value as a column that others made takes it. */
const asNative = (value: string, type: string | undefined): string =>
  type !== undefined && needsCast(type) ? `${value}::${type}` : value;

/** One text for every number of rows: a column's values are one parameter. */
function statement(table: TableRef, { columns, rows }: Piece, keyed: boolean) {
  const returned =
    table.key.length === 0 ? '' : ` returning ${table.key.map(({ name }) => quote(name)).join(', ')}`;
  if (columns.length === 0)
    return {
      text: `insert into ${quote(table.name)} select from generate_series(1, $1::int)${returned}`,
      params: [rows.length],
    };
  const names = columns.map(({ name }) => quote(name)).join(', ');
  const lists = columns.map(({ storage }, index) => `$${index + 1}::${typeNames[storage]}[]`).join(', ');
  const places = columns.map((_, index) => `c${index}`).join(', ');
  const values = columns.map(({ name }, index) => asNative(`c${index}`, table.native?.get(name))).join(', ');
  const overriding = keyed ? ' overriding system value' : '';
  return {
    text: `insert into ${quote(table.name)} (${names})${overriding} select ${values} from unnest(${lists}) as given(${places})${returned}`,
    params: columns.map((_, index) => rows.map((row) => row[index])),
  };
}

/** Writes a piece at once; undefined when a row of it was refused, and nothing of it is written. */
async function tryPiece(table: TableRef, piece: Piece & { keyed: boolean }, { client }: Inserting) {
  const marked = client.query('savepoint rg_rows');
  const written = answerOf(client.query(asArrays(statement(table, piece, piece.keyed))));
  const released = client.query('release savepoint rg_rows');
  const [, result] = await Promise.allSettled([marked, written, released]);
  if (result.status === 'fulfilled') return result.value.rows as RawValue[][];
  if (isLost(result.reason)) throw result.reason;
  await answerOf(client.query('rollback to savepoint rg_rows'));
  return undefined;
}

async function writeRow(table: TableRef, piece: Piece & { keyed: boolean }, inserting: Inserting) {
  try {
    const query = inserting.client.query(asArrays(statement(table, piece, piece.keyed)));
    return (await inserting.failed(query)).rows as RawValue[][];
  } catch (error) {
    const columns = piece.columns.map(({ name }) => name);
    throw await inserting.connection.explain(error, {
      table: table.name,
      columns,
      values: piece.rows[0] ?? [],
    });
  }
}

/** Adds rows in few statements; a piece that is refused is written row by row, to find the row. */
export async function insertRows(inserted: InsertedRows, inserting: Inserting): Promise<RawValue[][]> {
  const { table } = inserted;
  const keys: RawValue[][] = [];
  for (const piece of pieces(inserted)) {
    const written = piece.rows.length > 1 ? await tryPiece(table, piece, inserting) : undefined;
    const made = written ?? [];
    if (written === undefined)
      for (const row of piece.rows)
        made.push(...(await writeRow(table, { ...piece, rows: [row] }, inserting)));
    if (piece.keyed) {
      const look: Look = async (sql) => (await inserting.failed(inserting.client.query(asArrays(sql)))).rows;
      await advanceKey(table, look, largest(made));
    }
    for (const key of made.length > 0 ? made : piece.rows.map(() => [])) keys.push(key);
  }
  return keys;
}

const largest = (keys: readonly RawValue[][]): bigint =>
  keys.reduce((most, [key]) => (BigInt(key as number) > most ? BigInt(key as number) : most), 0n);

/**
 * Keys were given: the numbers of the table go on after the largest. Whoever
 * gives keys waits for others who do, or a smaller one might be set last.
 */
export async function advanceKey({ name, key }: TableRef, look: Look, given?: bigint): Promise<void> {
  const [column] = key;
  if (column === undefined || key.length > 1 || column.storage !== 'integer') return;
  const table = quote(name);
  const most = given === undefined ? `(select max(${quote(column.name)}) from ${table})` : '$3::bigint';
  const params = given === undefined ? [table, column.name] : [table, column.name, given];
  await look({ text: `select pg_advisory_xact_lock(to_regclass($1)::oid::bigint)`, params: [table] });
  await look({
    text: `select setval(numbers, most) from (select pg_get_serial_sequence($1, $2)::regclass as numbers, ${most} as most) as key
      where numbers is not null and most > coalesce(pg_sequence_last_value(numbers), 0)`,
    params,
  });
}
