import type { Condition } from '../../columnTypes/query.ts';
import type { ColumnRef, CopiedColumn, TableRef } from '../core/ports.ts';
import { compile, renderCondition } from './compile.ts';
import { join, sql } from './fragment.ts';
import { scopeOf } from './recordsSelect.ts';
import { attempt, quoted, sweep, type WriteContext } from './recordsWhere.ts';

/** Adds the rows of `from` that `where` keeps to another table, inside the database. Returns how many. */
export async function copyRows(
  context: WriteContext,
  from: TableRef,
  to: TableRef,
  columns: readonly CopiedColumn[],
  where: Condition,
): Promise<number> {
  const list = (names: readonly string[]) =>
    join(
      names.map((name) => quoted(context, name)),
      ', ',
    );
  const target = sql`insert into ${quoted(context, to.name)} (${list(columns.map((column) => column.to.name))})`;
  const source = sql`select ${list(columns.map((column) => column.from.name))} from ${quoted(context, from.name)}`;
  const kept = renderCondition(where, scopeOf(from, context.dialect));
  const refused = { table: to.name, columns: columns.map((column) => column.to.name), values: [] };
  const { changes } = await attempt(context, refused, () =>
    context.connection.run(compile(sql`${target} ${source} where ${kept}`, context.dialect)),
  );
  if (columns.some(({ to: column }) => to.key.some(({ name }) => name === column.name)))
    await context.connection.advanceKey?.(to);
  context.touch(to.name, changes);
  return changes;
}

/** Gives every row the value of one column in another column of the same kind. */
export async function copyColumn(
  context: WriteContext,
  table: TableRef,
  from: ColumnRef,
  to: ColumnRef,
): Promise<void> {
  const scope = scopeOf(table, context.dialect);
  const set = sql`update ${quoted(context, table.name)} set ${quoted(context, to.name)} = ${quoted(context, from.name)}`;
  const refused = { table: table.name, columns: [to.name], values: [] };
  await attempt(context, refused, () =>
    sweep(context, table, { kind: 'all', of: [] }, async (where) => {
      const statement = sql`${set} where ${renderCondition(where, scope)}`;
      return (await context.connection.run(compile(statement, context.dialect))).changes;
    }),
  );
  context.touch(table.name, 0);
}
