import { type TSchema, Type } from 'typebox';
import { workspaceId } from '../../../vocabulary/ids.ts';
import type { BaseSummary } from '../../core/model.ts';
import { formatInstant } from './instants.ts';
import { flag, instant, meta, optionalText, text, unused } from './metaSchemas.ts';
import { sourceRow, sourceSchema } from './sourceRow.ts';

const schemaOf = <T extends TSchema>(metaSchema: T) =>
  Type.Object({
    is_meta: flag,
    id: text,
    title: text,
    prefix: text,
    status: unused,
    description: optionalText,
    meta: metaSchema,
    color: optionalText,
    uuid: unused,
    password: unused,
    roles: unused,
    deleted: flag,
    order: Type.Number(),
    type: Type.Literal('database'),
    fk_workspace_id: text,
    is_snapshot: flag,
    fk_custom_url_id: unused,
    version: Type.Literal(2),
    default_role: unused,
    created_at: instant,
    updated_at: instant,
    managed_app_master: flag,
    managed_app_id: unused,
    managed_app_version_id: unused,
    auto_update: flag,
    is_sandbox_master: flag,
    is_sandbox: flag,
    sources: Type.Array(sourceSchema),
  });

export const baseSchema = schemaOf(meta);
/** Lists carry `meta` as JSON text. */
export const listedBaseSchema = schemaOf(Type.String());

/** A base as the wire shows it. */
export function baseRow(base: BaseSummary) {
  return {
    is_meta: true,
    id: base.id,
    title: base.title,
    prefix: base.prefix,
    status: null,
    description: base.description,
    meta: base.meta,
    color: base.color,
    uuid: null,
    password: null,
    roles: null,
    deleted: false,
    order: base.order,
    type: 'database',
    fk_workspace_id: workspaceId,
    is_snapshot: false,
    fk_custom_url_id: null,
    version: 2,
    default_role: null,
    created_at: formatInstant(base.createdAt),
    updated_at: formatInstant(base.updatedAt),
    managed_app_master: false,
    managed_app_id: null,
    managed_app_version_id: null,
    auto_update: false,
    is_sandbox_master: false,
    is_sandbox: false,
    sources: base.sources.map((source, index) => sourceRow(source, base.id, index)),
  };
}

/** The same as lists show it. */
export const listedBaseRow = (base: BaseSummary) => ({
  ...baseRow(base),
  meta: JSON.stringify(base.meta ?? {}),
});
