import { Type } from 'typebox';
import { workspaceId } from '../../../vocabulary/ids.ts';
import type { Table } from '../../core/model.ts';
import { columnRow, columnSchema } from './columnRow.ts';
import { formatInstant } from './instants.ts';
import { flag, instant, meta, optionalText, text, unused } from './metaSchemas.ts';
import { viewRow, viewSchema } from './viewRow.ts';

const tableFields = {
  id: text,
  source_id: text,
  base_id: text,
  table_name: text,
  title: text,
  type: Type.Union([Type.Literal('table'), Type.Literal('view')]),
  meta,
  schema: optionalText,
  enabled: flag,
  mm: flag,
  tags: unused,
  pinned: unused,
  deleted: flag,
  order: Type.Number(),
  description: optionalText,
  synced: flag,
  fk_workspace_id: text,
  created_by: unused,
  owned_by: unused,
  uuid: unused,
  password: unused,
  fk_custom_url_id: unused,
  created_at: instant,
  updated_at: instant,
};

export const tableSchema = Type.Object(tableFields);

export const fullTableSchema = Type.Object({
  ...tableFields,
  views: Type.Array(viewSchema),
  columns: Type.Array(columnSchema),
  columnsById: Type.Record(Type.String(), columnSchema),
  columnsHash: text,
});

/** A table as lists show it. */
export function tableRow(table: Table) {
  return {
    id: table.id,
    source_id: table.sourceId,
    base_id: table.baseId,
    table_name: table.name,
    title: table.title,
    type: table.native?.kind ?? 'table',
    meta: table.meta,
    schema: table.source?.external?.schema ?? null,
    enabled: true,
    mm: false,
    tags: null,
    pinned: null,
    deleted: false,
    order: table.order,
    description: table.description,
    synced: false,
    fk_workspace_id: workspaceId,
    created_by: null,
    owned_by: null,
    uuid: null,
    password: null,
    fk_custom_url_id: null,
    created_at: formatInstant(table.createdAt),
    updated_at: formatInstant(table.updatedAt),
  };
}

/** A table with its views and columns. */
export function fullTable(table: Table) {
  const columns = table.columns.map((column) => columnRow(table, column));
  return {
    ...tableRow(table),
    views: table.views.map((view) => viewRow(table, view)),
    columns,
    columnsById: Object.fromEntries(columns.map((column) => [column.id, column])),
    columnsHash: table.schemaHash,
  };
}
