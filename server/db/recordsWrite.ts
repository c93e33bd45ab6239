import type { Value } from '../../columnTypes/query.ts';
import type { ColumnRef, Maybe, RawValue, RecordWriter, TableRef } from '../core/ports.ts';
import { compile, renderKey, writeColumn } from './compile.ts';
import type { Dialect, RefusedWrite, WriteConnection } from './engine.ts';
import { bound, type Fragment, join, raw, sql } from './fragment.ts';
import { after } from './maybe.ts';
import { copyColumn, copyRows } from './recordsCopy.ts';
import { keysExist } from './recordsKeys.ts';
import { createRowReader, scopeOf, selectJson, selectRows, storagesOf } from './recordsSelect.ts';
import { attempt, deleteWhere, quoted, type Touch, updateWhere, type WriteContext } from './recordsWhere.ts';

/** Rows written before others get a turn: a few milliseconds. */
const rowsAtOnce = 500;

type Context = WriteContext;

const bindAll = (context: Context, columns: readonly ColumnRef[], values: readonly Value[]): unknown[] =>
  columns.map(({ storage }, index) => context.dialect.bind(values[index] ?? null, storage));

/**
 * `forEach` that gives others a turn now and then. What a turn writes over a
 * network is sent without waiting for each answer. `refused` hears of the
 * first item that failed.
 */
async function inTurns<T>(
  context: Context,
  items: readonly T[],
  write: (item: T) => Maybe<void>,
  refused: (item: T) => void = () => undefined,
): Promise<void> {
  const begin = (item: T): Maybe<void> => {
    try {
      return write(item);
    } catch (error) {
      refused(item);
      throw error;
    }
  };
  for (let start = 0; start < items.length; start += rowsAtOnce) {
    if (start > 0) await context.connection.pause?.();
    const turn = items.slice(start, start + rowsAtOnce);
    const begun = turn.map(begin);
    if (!(begun[0] instanceof Promise)) continue;
    const ended = await Promise.allSettled(begun);
    ended.forEach((end, index) => {
      if (end.status === 'fulfilled') return;
      refused(turn[index] as T);
      throw end.reason;
    });
  }
}

const toRaw = (value: Value | undefined): RawValue =>
  typeof value === 'bigint' ? value.toString() : (value ?? null);

async function insertRows(
  context: Context,
  table: TableRef,
  columns: readonly ColumnRef[],
  rows: readonly (readonly Value[])[],
): Promise<RawValue[][]> {
  const { connection, dialect } = context;
  const scope = scopeOf(table, dialect);
  if (connection.insertRows !== undefined) {
    const bound = rows.map((values) => bindAll(context, columns, values));
    const keys = await connection.insertRows({ table, columns, rows: bound });
    context.touch(table.name, rows.length);
    return keys;
  }
  const names = columns.map(({ name }) => name);
  const list = join(
    names.map((name) => quoted(context, name)),
    ', ',
  );
  const places = join(
    columns.map(({ name, storage }) => writeColumn(scope, name, storage, bound(null))),
    ', ',
  );
  const into = sql`insert into ${quoted(context, table.name)}`;
  const { text } = compile(
    names.length === 0 ? sql`${into} ${raw(dialect.defaultRow)}` : sql`${into} (${list}) values (${places})`,
    dialect,
  );
  const keyAt = table.key.map(({ name }) => names.indexOf(name));
  const keys: RawValue[][] = [];
  let current: unknown[] = [];
  const write = (values: readonly Value[]): Maybe<void> => {
    current = bindAll(context, columns, values);
    return after(connection.run({ text, params: current }), ({ insertId }) => {
      keys.push(
        keyAt.map((index) => (index < 0 || values[index] === null ? insertId : toRaw(values[index]))),
      );
    });
  };
  try {
    await inTurns(context, rows, write);
  } catch (error) {
    throw await connection.explain(error, { table: table.name, columns: names, values: current });
  }
  context.touch(table.name, rows.length);
  return keys;
}

async function updateRows(
  context: Context,
  table: TableRef,
  columns: readonly ColumnRef[],
  rows: Parameters<RecordWriter['update']>[2],
): Promise<boolean[]> {
  const { connection, dialect } = context;
  if (columns.length === 0 || table.key.length === 0) {
    return keysExist(
      table,
      rows.map(({ key }) => key),
      dialect,
      connection.rows,
    );
  }
  const scope = scopeOf(table, dialect);
  const sets = join(
    columns.map(
      ({ name, storage }) =>
        sql`${quoted(context, name)} = ${writeColumn(scope, name, storage, bound(null))}`,
    ),
    ', ',
  );
  const where = renderKey(table.key, scope, []);
  const { text } = compile(sql`update ${quoted(context, table.name)} set ${sets} where ${where}`, dialect);
  const found: boolean[] = [];
  const refusedWrite = ({ key, values }: (typeof rows)[number]): RefusedWrite => ({
    table: table.name,
    columns: columns.map(({ name }) => name),
    values: bindAll(context, columns, values),
    row: { columns: table.key.map(({ name }) => name), values: bindAll(context, table.key, key) },
  });
  let refused: RefusedWrite = { table: table.name, columns: [], values: [] };
  const write = ({ key, values }: (typeof rows)[number]): Maybe<void> => {
    const params = [...bindAll(context, columns, values), ...bindAll(context, table.key, key)];
    return after(connection.run({ text, params }), ({ changes }) => {
      found.push(changes > 0);
    });
  };
  try {
    await inTurns(context, rows, write, (row) => {
      refused = refusedWrite(row);
    });
  } catch (error) {
    throw await connection.explain(error, refused);
  }
  context.touch(table.name, 0);
  return found;
}

async function deleteRows(
  context: Context,
  table: TableRef,
  keys: readonly (readonly Value[])[],
): Promise<boolean[]> {
  if (table.key.length === 0) return keys.map(() => false);
  const where = renderKey(table.key, scopeOf(table, context.dialect), []);
  const { text } = compile(sql`delete from ${quoted(context, table.name)} where ${where}`, context.dialect);
  const found: boolean[] = [];
  const refused = { table: table.name, columns: [], values: [] };
  await attempt(context, refused, () =>
    inTurns(context, keys, (key) =>
      after(context.connection.run({ text, params: bindAll(context, table.key, key) }), ({ changes }) => {
        found.push(changes > 0);
      }),
    ),
  );
  context.touch(table.name, -found.filter(Boolean).length);
  return found;
}

/** Table `rg_sequence (column_id, next)`: the number the next caller gets, 1 where there is no row. */
async function nextNumbers(
  { connection, dialect }: Context,
  columnId: string,
  count: number,
): Promise<number> {
  const run = async (fragment: Fragment): Promise<boolean> =>
    (await connection.run(compile(fragment, dialect))).changes > 0;
  const [id, first] = [bound(columnId), bound(count + 1)];
  const reserve = sql`update rg_sequence set next = next + ${bound(count)} where column_id = ${id}`;
  if (!(await run(reserve))) {
    const [begin, end] = dialect.insertNew;
    const begun = sql`${raw(begin)} rg_sequence (column_id, next) values (${id}, ${first})${raw(end)}`;
    if (await run(begun)) return 1;
    await run(reserve); // another transaction has begun it meanwhile
  }
  const next = await connection.rows(
    compile(sql`select next from rg_sequence where column_id = ${id}`, dialect),
  );
  return Number(next[0]?.[0]) - count;
}

/** Writes records in the transaction of `connection`. */
export function createRecordWriter(
  connection: WriteConnection,
  dialect: Dialect,
  touch: Touch,
): RecordWriter {
  const context: Context = { connection, dialect, touch };
  const page = (params: readonly unknown[], limit: number, offset: number): unknown[] => [
    ...params.slice(0, -2),
    limit,
    offset,
  ];
  return {
    insert: (table, columns, rows) => insertRows(context, table, columns, rows),
    update: (table, columns, rows) => updateRows(context, table, columns, rows),
    updateWhere: (table, set, where) => updateWhere(context, table, set, where),
    delete: (table, keys) => deleteRows(context, table, keys),
    deleteWhere: (table, where) => deleteWhere(context, table, where),
    rows(plan, limit, offset) {
      const { text, params } = compile(selectRows(plan, dialect), dialect);
      const read = createRowReader(storagesOf(plan.fields), dialect);
      return after(connection.rows({ text, params: page(params, limit, offset) }), read);
    },
    json(plan, limit, offset) {
      const fragment = selectJson(plan, dialect);
      if (fragment === undefined) return undefined;
      const { text, params } = compile(fragment, dialect);
      return connection.bytes({ text, params: page(params, limit, offset) });
    },
    exist: (table, keys) => keysExist(table, keys, dialect, connection.rows),
    copyRows: (from, to, columns, where) => copyRows(context, from, to, columns, where),
    copyColumn: (table, from, to) => copyColumn(context, table, from, to),
    nextNumbers: (columnId, count) => nextNumbers(context, columnId, count),
  };
}
