import { Type } from 'typebox';
import { workspaceId } from '../../../vocabulary/ids.ts';
import { baseRoles } from '../../../vocabulary/roles.ts';
import type { Table, View } from '../../core/model.ts';
import { formatInstant } from './instants.ts';
import { flag, instant, meta, nullable, optionalText, text, unused } from './metaSchemas.ts';

const viewFields = {
  id: text,
  source_id: text,
  base_id: text,
  fk_model_id: text,
  title: text,
  type: Type.Integer({ description: '1 form, 2 gallery, 3 grid, 4 kanban, 5 map, 6 calendar' }),
  is_default: flag,
  show_system_fields: flag,
  lock_type: Type.Union([Type.Literal('collaborative'), Type.Literal('locked'), Type.Literal('personal')]),
  uuid: unused,
  password: unused,
  show: flag,
  order: Type.Number(),
  meta,
  description: optionalText,
  created_by: optionalText,
  owned_by: optionalText,
  fk_workspace_id: text,
  attachment_mode_column_id: unused,
  expanded_record_mode: unused,
  fk_custom_url_id: unused,
  row_coloring_mode: unused,
  created_at: instant,
  updated_at: instant,
  fk_view_section_id: unused,
  view: Type.Object({
    fk_view_id: text,
    base_id: text,
    source_id: text,
    row_height: nullable(Type.Integer()),
    meta,
  }),
};

export const viewSchema = Type.Object(viewFields);

export const listedViewSchema = Type.Object({
  ...viewFields,
  ptn: text,
  _ptn: text,
  ptype: text,
  tn: text,
  _tn: text,
  table_meta: meta,
  disabled: Type.Record(Type.String(), Type.Boolean()),
});

/** A view as the wire shows it. */
export function viewRow(table: Table, view: View) {
  return {
    id: view.id,
    source_id: table.sourceId,
    base_id: table.baseId,
    fk_model_id: table.id,
    title: view.title,
    type: view.type,
    is_default: view.isDefault,
    show_system_fields: view.showSystemFields,
    lock_type: view.lockType,
    uuid: null,
    password: null,
    show: true,
    order: view.order,
    meta: view.meta,
    description: view.description,
    created_by: view.createdBy,
    owned_by: view.ownerId,
    fk_workspace_id: workspaceId,
    attachment_mode_column_id: null,
    expanded_record_mode: null,
    fk_custom_url_id: null,
    row_coloring_mode: null,
    created_at: formatInstant(view.createdAt),
    updated_at: formatInstant(view.updatedAt),
    fk_view_section_id: null,
    view: {
      fk_view_id: view.id,
      base_id: table.baseId,
      source_id: table.sourceId,
      row_height: view.rowHeight,
      meta: view.meta,
    },
  };
}

/** The same as lists show it: with its table's names and for whom it is hidden. */
export function listedViewRow(table: Table, view: View) {
  return {
    ...viewRow(table, view),
    ptn: table.name,
    _ptn: table.title,
    ptype: 'table',
    tn: view.title,
    _tn: view.title,
    table_meta: table.meta,
    disabled: Object.fromEntries([...baseRoles, 'guest'].map((role) => [role, false])),
  };
}
