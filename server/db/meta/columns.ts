import type { BaseStore, ColumnRow } from '../../core/ports.ts';
import type { Meta } from './builder.ts';
import {
  absentJson,
  type Fields,
  flag,
  inPieces,
  json,
  number,
  optionalJson,
  optionalText,
  readRow,
  text,
  writeRow,
} from './fields.ts';
import { findBaseOf, partsOfViews } from './tables.ts';

type References = ColumnRow['references'];

const columnFields: Fields<Omit<ColumnRow, 'references'>> = {
  id: text('id'),
  baseId: text('base_id'),
  tableId: text('table_id'),
  title: text('title'),
  name: text('name'),
  type: text('type'),
  options: json('options'),
  meta: optionalJson('meta'),
  key: flag('is_key'),
  autoIncrement: flag('auto_increment'),
  display: flag('is_display'),
  required: flag('is_required'),
  unique: flag('is_unique'),
  system: flag('is_system'),
  defaultValue: optionalText('default_value'),
  description: optionalText('description'),
  order: number('display_order'),
  native: absentJson('native'),
  createdAt: number('created_at'),
  updatedAt: number('updated_at'),
};

function readReferences(row: Record<string, unknown>): References {
  if (row.ref_table_id === null || row.ref_column_id === null) return null;
  return { tableId: String(row.ref_table_id), columnId: String(row.ref_column_id) };
}

export const readColumn = (row: Record<string, unknown>): ColumnRow => ({
  ...readRow(columnFields, row),
  references: readReferences(row),
});

/** `references` fills two columns; absent means unchanged, null means none. */
function writeColumn(column: Partial<ColumnRow>): Record<string, unknown> {
  const row = writeRow(columnFields, column);
  if (column.references === undefined) return row;
  return {
    ...row,
    ref_table_id: column.references?.tableId ?? null,
    ref_column_id: column.references?.columnId ?? null,
  };
}

type ColumnStore = Pick<BaseStore, 'baseOfColumn' | 'insertColumns' | 'updateColumn' | 'deleteColumn'>;

/** Columns of tables. */
export function createColumnStore(meta: Meta): ColumnStore {
  const { build } = meta;
  return {
    baseOfColumn: (id) => findBaseOf(meta, 'rg_column', id),
    async insertColumns(columns) {
      for (const piece of inPieces(columns, 100)) {
        await meta.run(build.insertInto('rg_column').values(piece.map(writeColumn)));
      }
    },
    async updateColumn(id, change) {
      const row = writeColumn(change);
      if (Object.keys(row).length > 0)
        await meta.run(build.updateTable('rg_column').set(row).where('id', '=', id));
    },
    async deleteColumn(id) {
      const nothing = { ref_table_id: null, ref_column_id: null };
      await meta.run(build.updateTable('rg_column').set(nothing).where('ref_column_id', '=', id));
      for (const part of partsOfViews) await meta.run(build.deleteFrom(part).where('column_id', '=', id));
      await meta.run(build.deleteFrom('rg_sequence').where('column_id', '=', id));
      await meta.run(build.deleteFrom('rg_column').where('id', '=', id));
    },
  };
}
