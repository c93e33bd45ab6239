import { Type } from 'typebox';
import { workspaceId } from '../../../vocabulary/ids.ts';
import type { Table, View, ViewFilter, ViewSort } from '../../core/model.ts';
import { formatInstant } from './instants.ts';
import { flag, instant, nullable, optionalText, text, unused } from './metaSchemas.ts';

export const filterSchema = Type.Object({
  id: text,
  source_id: text,
  base_id: text,
  fk_view_id: text,
  fk_hook_id: unused,
  fk_column_id: optionalText,
  fk_parent_id: optionalText,
  logical_op: nullable(Type.Union([Type.Literal('and'), Type.Literal('or')])),
  comparison_op: optionalText,
  comparison_sub_op: optionalText,
  value: Type.Union([Type.String(), Type.Array(optionalText), Type.Null()]),
  is_group: flag,
  enabled: flag,
  order: Type.Number(),
  fk_link_col_id: unused,
  fk_value_col_id: unused,
  fk_parent_column_id: unused,
  fk_workspace_id: text,
  created_at: instant,
  updated_at: instant,
});

/** A filter as the wire shows it: without what is under it, which has `fk_parent_id`. */
export function filterRow(table: Table, view: View, filter: ViewFilter) {
  return {
    id: filter.id,
    source_id: table.sourceId,
    base_id: table.baseId,
    fk_view_id: view.id,
    fk_hook_id: null,
    fk_column_id: filter.columnId,
    fk_parent_id: filter.parentId,
    logical_op: filter.logic,
    comparison_op: filter.operator,
    comparison_sub_op: filter.subOperator,
    value: filter.value,
    is_group: filter.group,
    enabled: filter.enabled,
    order: filter.order,
    fk_link_col_id: null,
    fk_value_col_id: null,
    fk_parent_column_id: null,
    fk_workspace_id: workspaceId,
    created_at: formatInstant(filter.createdAt),
    updated_at: formatInstant(filter.updatedAt),
  };
}

export const sortSchema = Type.Object({
  id: text,
  source_id: text,
  base_id: text,
  fk_view_id: text,
  fk_column_id: text,
  direction: Type.Union([Type.Literal('asc'), Type.Literal('desc')]),
  order: Type.Number(),
  fk_workspace_id: text,
  created_at: instant,
  updated_at: instant,
});

/** A sort as the wire shows it. */
export function sortRow(table: Table, view: View, sort: ViewSort) {
  return {
    id: sort.id,
    source_id: table.sourceId,
    base_id: table.baseId,
    fk_view_id: view.id,
    fk_column_id: sort.columnId,
    direction: sort.direction,
    order: sort.order,
    fk_workspace_id: workspaceId,
    created_at: formatInstant(sort.createdAt),
    updated_at: formatInstant(sort.updatedAt),
  };
}
