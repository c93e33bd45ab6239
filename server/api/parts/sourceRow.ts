import { Type } from 'typebox';
import { workspaceId } from '../../../vocabulary/ids.ts';
import type { Source } from '../../core/model.ts';
import { formatInstant } from './instants.ts';
import { flag, instant, optionalText, text, unused } from './metaSchemas.ts';

export const sourceSchema = Type.Object({
  id: text,
  base_id: text,
  alias: optionalText,
  meta: unused,
  is_meta: flag,
  type: text,
  inflection_column: unused,
  inflection_table: unused,
  enabled: flag,
  order: Type.Number(),
  description: unused,
  erd_uuid: unused,
  deleted: flag,
  is_schema_readonly: flag,
  is_data_readonly: flag,
  is_local: flag,
  fk_sql_executor_id: unused,
  fk_workspace_id: text,
  fk_integration_id: unused,
  is_encrypted: flag,
  created_at: instant,
  updated_at: instant,
  integration_title: unused,
});

/** A source as the wire shows it; how it is connected never leaves the server. */
export function sourceRow(source: Source, baseId: string, index: number) {
  const { external } = source;
  return {
    id: source.id,
    base_id: baseId,
    alias: source.alias,
    meta: null,
    is_meta: external === undefined,
    type: source.type,
    inflection_column: null,
    inflection_table: null,
    enabled: true,
    order: index + 1,
    description: null,
    erd_uuid: null,
    deleted: false,
    is_schema_readonly: external !== undefined,
    is_data_readonly: external?.dataReadOnly ?? false,
    is_local: external === undefined,
    fk_sql_executor_id: null,
    fk_workspace_id: workspaceId,
    fk_integration_id: null,
    is_encrypted: external !== undefined,
    created_at: formatInstant(source.createdAt),
    updated_at: formatInstant(source.updatedAt),
    integration_title: null,
  };
}
