import type { FilterRow, SortRow, ViewColumnRow, ViewStore } from '../../core/ports.ts';
import type { Meta } from './builder.ts';
import {
  type Field,
  type Fields,
  flag,
  inPieces,
  number,
  optionalNumber,
  optionalText,
  readRow,
  text,
  word,
  writeRow,
} from './fields.ts';
import { findBaseOf } from './tables.ts';
import { upsert } from './upsert.ts';

const viewColumnFields: Fields<ViewColumnRow> = {
  viewId: text('view_id'),
  baseId: text('base_id'),
  columnId: text('column_id'),
  show: flag('shown'),
  order: number('display_order'),
  width: text('width'),
  aggregation: optionalText('aggregation'),
  groupBy: flag('group_by'),
  groupByOrder: optionalNumber('group_by_order'),
  groupBySort: optionalText('group_by_sort'),
  createdAt: number('created_at'),
  updatedAt: number('updated_at'),
};

/** A text, a list of texts or nothing, as JSON. */
const filterValue: Field<FilterRow['value']> = {
  column: 'value',
  read: (stored) => (stored === null ? null : (JSON.parse(String(stored)) as FilterRow['value'])),
  write: (value) => (value === null ? null : JSON.stringify(value)),
};

const filterFields: Fields<FilterRow> = {
  id: text('id'),
  baseId: text('base_id'),
  viewId: text('view_id'),
  parentId: optionalText('parent_id'),
  group: flag('is_group'),
  logic: {
    column: 'logic',
    read: (stored) => (stored === 'and' || stored === 'or' ? stored : null),
    write: (value) => value,
  },
  columnId: optionalText('column_id'),
  operator: optionalText('operator'),
  subOperator: optionalText('sub_operator'),
  value: filterValue,
  enabled: flag('enabled'),
  order: number('display_order'),
  createdAt: number('created_at'),
  updatedAt: number('updated_at'),
};

const sortFields: Fields<SortRow> = {
  id: text('id'),
  baseId: text('base_id'),
  viewId: text('view_id'),
  columnId: text('column_id'),
  direction: word('direction'),
  order: number('display_order'),
  createdAt: number('created_at'),
  updatedAt: number('updated_at'),
};

type Row = Record<string, unknown>;
export const readViewColumn = (row: Row): ViewColumnRow => readRow(viewColumnFields, row);
export const readFilter = (row: Row): FilterRow => readRow(filterFields, row);
export const readSort = (row: Row): SortRow => readRow(sortFields, row);

/** Rows of one statement: every engine can bind their values at once. */
const rowsAtOnce = 50;

/** Columns, filters and sorts of views. */
export function createViewStore(meta: Meta): ViewStore {
  const { build } = meta;
  const insert = async (table: 'rg_filter' | 'rg_sort', rows: readonly Row[]): Promise<void> => {
    for (const piece of inPieces(rows, rowsAtOnce)) await meta.run(build.insertInto(table).values(piece));
  };
  const update = async (table: 'rg_filter' | 'rg_sort', id: string, row: Row): Promise<void> => {
    if (Object.keys(row).length > 0) await meta.run(build.updateTable(table).set(row).where('id', '=', id));
  };
  return {
    baseOfFilter: (id) => findBaseOf(meta, 'rg_filter', id),
    baseOfSort: (id) => findBaseOf(meta, 'rg_sort', id),
    async saveViewColumns(rows) {
      for (const piece of inPieces(rows, rowsAtOnce)) {
        const values = piece.map((row) => writeRow(viewColumnFields, row));
        await meta.run(upsert(meta, 'rg_view_column', ['view_id', 'column_id'], values));
      }
    },
    insertFilters: (rows) =>
      insert(
        'rg_filter',
        rows.map((row) => writeRow(filterFields, row)),
      ),
    updateFilter: (id, change) => update('rg_filter', id, writeRow(filterFields, change)),
    async deleteFilters(ids) {
      for (const piece of inPieces(ids, rowsAtOnce))
        await meta.run(build.deleteFrom('rg_filter').where('id', 'in', piece));
    },
    insertSorts: (rows) =>
      insert(
        'rg_sort',
        rows.map((row) => writeRow(sortFields, row)),
      ),
    updateSort: (id, change) => update('rg_sort', id, writeRow(sortFields, change)),
    async deleteSort(id) {
      await meta.run(build.deleteFrom('rg_sort').where('id', '=', id));
    },
  };
}
