import { all, type Condition, columnOf, compare } from '../../columnTypes/query.ts';
import type { Maybe, RecordWriter, TableRef } from '../core/ports.ts';
import { compile, renderCondition, writeColumn } from './compile.ts';
import type { Dialect, RefusedWrite, WriteConnection } from './engine.ts';
import { bound, type Fragment, join, raw, sql } from './fragment.ts';
import { after } from './maybe.ts';
import { scopeOf } from './recordsSelect.ts';

/** Hears what a transaction does: rows added less rows removed. */
export type Touch = (table: string, rows: number) => void;

export interface WriteContext {
  readonly connection: WriteConnection;
  readonly dialect: Dialect;
  readonly touch: Touch;
}

/** Rows looked at before others get a turn in a write by condition: some ten milliseconds. */
const rowsOfSweep = 20_000;

export const quoted = (context: WriteContext, name: string): Fragment => raw(context.dialect.quote(name));

/** Runs a write; a refusal of the driver becomes the error that its cause deserves. */
export async function attempt<T>(
  context: WriteContext,
  refused: RefusedWrite,
  write: () => Maybe<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw await context.connection.explain(error, refused);
  }
}

/**
 * Runs a write by condition over one range of keys after the other, so that a
 * large table does not hold the process. Conditions look at one row at a
 * time, so the ranges together do what one statement would.
 */
export async function sweep(
  context: WriteContext,
  table: TableRef,
  where: Condition,
  write: (where: Condition) => Maybe<number>,
): Promise<number> {
  const key = table.key[0];
  const { connection, dialect } = context;
  if (connection.pause === undefined || table.key.length !== 1 || key?.storage !== 'integer')
    return write(where);
  const column = columnOf(key.name, 'integer');
  const scope = scopeOf(table, dialect);
  let total = 0;
  let bottom: Condition | undefined;
  for (;;) {
    const from = bottom === undefined ? raw('') : sql` where ${renderCondition(bottom, scope)}`;
    const range = sql`select ${quoted(context, key.name)} as k from ${quoted(context, table.name)}${from} order by 1 limit ${raw(String(rowsOfSweep))}`;
    const top = sql`select ${dialect.readValue(raw('max(k)'), 'integer')}, count(*) from (${range}) as swept`;
    const [row] = await connection.rows(compile(top, dialect));
    const [last, size] = [row?.[0] ?? null, Number(row?.[1])];
    if (last === null) return total;
    const end = BigInt(last as string | number);
    const ceiling = size < rowsOfSweep ? undefined : compare('<=', column, end);
    total += await write(all([where, bottom, ceiling].filter((term) => term !== undefined)));
    if (size < rowsOfSweep) return total;
    bottom = compare('>', column, end);
    await connection.pause();
  }
}

export async function updateWhere(
  context: WriteContext,
  table: TableRef,
  set: Parameters<RecordWriter['updateWhere']>[1],
  where: Condition,
): Promise<number> {
  if (set.length === 0) return 0;
  const { connection, dialect } = context;
  const scope = scopeOf(table, dialect);
  const values = set.map(({ column, value }) => dialect.bind(value, column.storage));
  const columns = set.map(({ column }) => column.name);
  const sets = join(
    set.map(({ column: { name, storage } }, index) => {
      const value = writeColumn(scope, name, storage, bound(values[index]));
      return sql`${quoted(context, name)} = ${value}`;
    }),
    ', ',
  );
  const write = (part: Condition): Maybe<number> => {
    const statement = sql`update ${quoted(context, table.name)} set ${sets} where ${renderCondition(part, scope)}`;
    return after(connection.run(compile(statement, dialect)), ({ changes }) => changes);
  };
  const movesKey = columns.some((name) => table.key.some((key) => key.name === name));
  const changed = await attempt(context, { table: table.name, columns, values }, () =>
    movesKey ? write(where) : sweep(context, table, where, write),
  );
  context.touch(table.name, 0);
  return changed;
}

export async function deleteWhere(context: WriteContext, table: TableRef, where: Condition): Promise<number> {
  const { connection, dialect } = context;
  const scope = scopeOf(table, dialect);
  const write = (part: Condition): Maybe<number> => {
    const statement = sql`delete from ${quoted(context, table.name)} where ${renderCondition(part, scope)}`;
    return after(connection.run(compile(statement, dialect)), ({ changes }) => changes);
  };
  const refused = { table: table.name, columns: [], values: [] };
  const removed = await attempt(context, refused, () => sweep(context, table, where, write));
  context.touch(table.name, -removed);
  return removed;
}
