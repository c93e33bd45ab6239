import { type RawBuilder, sql } from 'kysely';
import type { Compilable, Meta, MetaTable } from './builder.ts';

/** What an update may refer to: the row that is there, and the row that was to be inserted. */
export interface UpsertRows {
  readonly old: (column: string) => RawBuilder<unknown>;
  readonly given: (column: string) => RawBuilder<unknown>;
}

/**
 * Inserts rows, or updates those whose key is there already. `set` names what
 * an update writes; without it every given column but the key. On MySQL the
 * assignments see each other's results in order.
 */
export function upsert(
  meta: Meta,
  table: MetaTable,
  key: readonly string[],
  rows: readonly Record<string, unknown>[],
  set?: (rows: UpsertRows) => Record<string, RawBuilder<unknown>>,
): Compilable {
  const mysql = meta.dialect === 'mysql';
  const names: UpsertRows = {
    old: (column) => sql.ref(`${table}.${column}`),
    given: (column) => (mysql ? sql`values(${sql.ref(column)})` : sql.ref(`excluded.${column}`)),
  };
  const columns = Object.keys(rows[0] ?? {}).filter((column) => !key.includes(column));
  const updates =
    set === undefined
      ? Object.fromEntries(columns.map((column) => [column, names.given(column)]))
      : set(names);
  const insert = meta.build.insertInto(table).values([...rows]);
  return mysql
    ? insert.onDuplicateKeyUpdate(updates)
    : insert.onConflict((conflict) => conflict.columns([...key]).doUpdateSet(updates));
}
