import type { BaseStore, TableRow, ViewRow } from '../../core/ports.ts';
import type { Meta, MetaTable } from './builder.ts';
import {
  absentJson,
  type Fields,
  flag,
  number,
  optionalJson,
  optionalNumber,
  optionalText,
  readRow,
  text,
  word,
  writeRow,
} from './fields.ts';

const tableFields: Fields<TableRow> = {
  id: text('id'),
  baseId: text('base_id'),
  sourceId: text('source_id'),
  title: text('title'),
  name: text('name'),
  order: number('display_order'),
  description: optionalText('description'),
  meta: optionalJson('meta'),
  native: absentJson('native'),
  createdAt: number('created_at'),
  updatedAt: number('updated_at'),
};

const viewFields: Fields<ViewRow> = {
  id: text('id'),
  tableId: text('table_id'),
  title: text('title'),
  description: optionalText('description'),
  type: number('type'),
  isDefault: flag('is_default'),
  showSystemFields: flag('show_system_fields'),
  lockType: word('lock_type'),
  order: number('display_order'),
  rowHeight: optionalNumber('row_height'),
  meta: optionalJson('meta'),
  createdBy: optionalText('created_by'),
  ownerId: optionalText('owner_id'),
  createdAt: number('created_at'),
  updatedAt: number('updated_at'),
};

export const readTable = (row: Record<string, unknown>): TableRow => readRow(tableFields, row);
export const readView = (row: Record<string, unknown>): ViewRow => readRow(viewFields, row);

/** The base that a table, column, view, filter or sort belongs to. */
export async function findBaseOf(meta: Meta, table: MetaTable, id: string): Promise<string | undefined> {
  const { rows } = await meta.runHot(
    `base of ${table}`,
    (builder) => builder.selectFrom(table).select('base_id').where('id', '=', ''),
    [id],
  );
  return rows[0] === undefined ? undefined : String(rows[0].base_id);
}

/** Tables whose rows belong to a view. */
export const partsOfViews = ['rg_view_column', 'rg_filter', 'rg_sort'] as const;

type TableStore = Pick<
  BaseStore,
  | 'baseOfTable'
  | 'baseOfView'
  | 'insertTable'
  | 'updateTable'
  | 'deleteTable'
  | 'insertView'
  | 'updateView'
  | 'deleteView'
>;

/** Tables and their views. */
export function createTableStore(meta: Meta): TableStore {
  const { build } = meta;
  return {
    baseOfTable: (id) => findBaseOf(meta, 'rg_table', id),
    baseOfView: (id) => findBaseOf(meta, 'rg_view', id),
    async insertTable(table) {
      await meta.run(build.insertInto('rg_table').values(writeRow(tableFields, table)));
    },
    async updateTable(id, change) {
      const row = writeRow(tableFields, change);
      if (Object.keys(row).length > 0)
        await meta.run(build.updateTable('rg_table').set(row).where('id', '=', id));
    },
    async deleteTable(id) {
      const columns = build.selectFrom('rg_column').select('id').where('table_id', '=', id);
      await meta.run(build.deleteFrom('rg_sequence').where('column_id', 'in', columns));
      const views = build.selectFrom('rg_view').select('id').where('table_id', '=', id);
      for (const part of partsOfViews) await meta.run(build.deleteFrom(part).where('view_id', 'in', views));
      await meta.run(build.deleteFrom('rg_view').where('table_id', '=', id));
      await meta.run(build.deleteFrom('rg_column').where('table_id', '=', id));
      // a foreign key to a table that is gone refers to nothing
      const nothing = { ref_table_id: null, ref_column_id: null };
      await meta.run(build.updateTable('rg_column').set(nothing).where('ref_table_id', '=', id));
      await meta.run(build.deleteFrom('rg_table').where('id', '=', id));
    },
    async insertView({ baseId, ...view }) {
      const row = { base_id: baseId, ...writeRow(viewFields, view) };
      await meta.run(build.insertInto('rg_view').values(row));
    },
    async updateView(id, change) {
      const row = writeRow(viewFields, change);
      if (Object.keys(row).length > 0)
        await meta.run(build.updateTable('rg_view').set(row).where('id', '=', id));
    },
    async deleteView(id) {
      for (const part of partsOfViews) await meta.run(build.deleteFrom(part).where('view_id', '=', id));
      await meta.run(build.deleteFrom('rg_view').where('id', '=', id));
    },
  };
}
