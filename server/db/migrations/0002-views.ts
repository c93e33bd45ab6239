import type { Compilable } from '../meta/builder.ts';
import { createIndex, createTable, type NewColumns, optional } from './createTable.ts';
import { type Migration, nativeTypes } from './types.ts';

/** As in the first migration. */
const idLength = 64;

/**
 * What a view keeps besides its name: who made it, how it shows the columns of
 * its table, and its filters and sorts. A view without rows in rg_view_column
 * shows every column in the table's order.
 */
export const views: Migration = {
  name: '0002-views',
  statements(build, dialect) {
    const t = nativeTypes[dialect];
    const id = t.varchar(idLength);
    const addToView = (name: string, type: typeof id): Compilable =>
      build.schema.alterTable('rg_view').addColumn(name, type);
    const times = { created_at: t.bigint, updated_at: t.bigint };
    const viewColumn: NewColumns = {
      view_id: id,
      column_id: id,
      base_id: id,
      shown: t.integer,
      display_order: t.double,
      width: t.varchar(16),
      aggregation: optional(t.varchar(64)),
      group_by: t.integer,
      group_by_order: optional(t.double),
      group_by_sort: optional(t.varchar(16)),
      ...times,
    };
    const filter: NewColumns = {
      id,
      base_id: id,
      view_id: id,
      parent_id: optional(id),
      column_id: optional(id),
      is_group: t.integer,
      logic: optional(t.varchar(8)),
      operator: optional(t.varchar(64)),
      sub_operator: optional(t.varchar(64)),
      value: optional(t.text),
      enabled: t.integer,
      display_order: t.double,
      ...times,
    };
    const sort: NewColumns = {
      id,
      base_id: id,
      view_id: id,
      column_id: id,
      direction: t.varchar(8),
      display_order: t.double,
      ...times,
    };
    return [
      addToView('description', t.text),
      addToView('created_by', id),
      addToView('owner_id', id),
      addToView('row_height', t.integer),
      createTable(build, 'rg_view_column', viewColumn, ['view_id', 'column_id']),
      createIndex(build, 'rg_view_column', ['base_id']),
      createIndex(build, 'rg_view_column', ['column_id']),
      createTable(build, 'rg_filter', filter, ['id']),
      createIndex(build, 'rg_filter', ['base_id']),
      createIndex(build, 'rg_filter', ['view_id']),
      createIndex(build, 'rg_filter', ['column_id']),
      createTable(build, 'rg_sort', sort, ['id']),
      createIndex(build, 'rg_sort', ['base_id']),
      createIndex(build, 'rg_sort', ['view_id']),
      createIndex(build, 'rg_sort', ['column_id']),
    ];
  },
};
