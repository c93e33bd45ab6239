import { Type } from 'typebox';
import type { Table, View, ViewColumn } from '../../core/model.ts';
import { isShown } from '../../core/query/view.ts';
import { viewColumnId } from '../../core/views/columns.ts';
import { formatInstant } from './instants.ts';
import { flag, instant, nullable, optionalText, text } from './metaSchemas.ts';

export const viewColumnSchema = Type.Object({
  id: text,
  fk_view_id: text,
  fk_column_id: text,
  base_id: text,
  source_id: text,
  width: text,
  show: flag,
  order: Type.Number(),
  aggregation: optionalText,
  group_by: flag,
  group_by_order: nullable(Type.Number()),
  group_by_sort: optionalText,
  created_at: instant,
  updated_at: instant,
});

/** A column of a view as the wire shows it; system columns are hidden unless the view shows them. */
export const viewColumnRow = (table: Table, view: View, each: ViewColumn) => ({
  id: viewColumnId(view, each.column),
  fk_view_id: view.id,
  fk_column_id: each.column.id,
  base_id: table.baseId,
  source_id: table.sourceId,
  width: each.width,
  show: isShown(view, each),
  order: each.order,
  aggregation: each.aggregation,
  group_by: each.groupBy,
  group_by_order: each.groupByOrder,
  group_by_sort: each.groupBySort,
  created_at: formatInstant(each.createdAt),
  updated_at: formatInstant(each.updatedAt),
});

/** Every column of a view, in its order. */
export const viewColumnRows = (table: Table, view: View) =>
  view.columns.map((each) => viewColumnRow(table, view, each));
