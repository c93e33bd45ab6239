import type { CreateTableBuilder, RawBuilder } from 'kysely';
import type { Builder, Compilable, MetaTable } from '../meta/builder.ts';

/** The columns of a new table of ours: NOT NULL unless optional. */
export type NewColumns = Readonly<
  Record<string, RawBuilder<unknown> | { readonly optional: RawBuilder<unknown> }>
>;

export const optional = (type: RawBuilder<unknown>) => ({ optional: type });

/** A new table of ours with its primary key. */
export function createTable(
  build: Builder,
  name: MetaTable,
  columns: NewColumns,
  key: readonly string[],
): Compilable {
  let table: CreateTableBuilder<string, string> = build.schema.createTable(name);
  for (const [column, type] of Object.entries(columns)) {
    table =
      'optional' in type
        ? table.addColumn(column, type.optional)
        : table.addColumn(column, type, (definition) => definition.notNull());
  }
  return table.addPrimaryKeyConstraint(`${name}_pk`, [...key]);
}

/** An index over columns of a table of ours. */
export const createIndex = (build: Builder, table: MetaTable, columns: readonly string[]): Compilable =>
  build.schema
    .createIndex(`${table}_${columns.join('_')}_ix`)
    .on(table)
    .columns([...columns]);
