import { Type } from 'typebox';
import type { StorageKind } from '../../../columnTypes/query.ts';
import { workspaceId } from '../../../vocabulary/ids.ts';
import { choicesOf } from '../../core/columns/choices.ts';
import type { Column, Table } from '../../core/model.ts';
import { whyReadOnly } from '../../core/sources/guards.ts';
import { formatInstant } from './instants.ts';
import { flag, instant, meta, optionalText, text, unused } from './metaSchemas.ts';

export const columnSchema = Type.Object({
  id: text,
  source_id: text,
  base_id: text,
  fk_model_id: text,
  title: text,
  column_name: text,
  uidt: text,
  dt: text,
  np: unused,
  ns: unused,
  clen: unused,
  cop: text,
  pk: flag,
  pv: flag,
  rqd: flag,
  un: flag,
  ct: text,
  ai: flag,
  unique: flag,
  cdf: optionalText,
  cc: unused,
  csn: unused,
  dtx: text,
  dtxp: optionalText,
  dtxs: unused,
  au: flag,
  validate: unused,
  virtual: flag,
  deleted: flag,
  system: flag,
  order: Type.Number(),
  meta,
  description: optionalText,
  readonly: flag,
  fk_workspace_id: text,
  custom_index_name: unused,
  created_at: instant,
  updated_at: instant,
  internal_meta: unused,
  colOptions: Type.Optional(
    Type.Object({
      options: Type.Array(
        Type.Object({ id: text, fk_column_id: text, title: text, color: text, order: Type.Integer() }),
      ),
    }),
  ),
});

const nativeNames: Record<StorageKind, string> = {
  text: 'text',
  integer: 'bigint',
  decimal: 'decimal',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  json: 'json',
};

/** Given in turn to choices without a colour of their own. */
const palette = [
  '#cfdffe',
  '#d0f1fd',
  '#c2f5e8',
  '#ffdaf6',
  '#ffdce5',
  '#fee2d5',
  '#ffeab6',
  '#d1f7c4',
  '#ede2fe',
  '#eee',
];

/** A column as the wire shows it. */
export function columnRow(table: Table, column: Column) {
  const choices = choicesOf(column.options);
  const nativeName = column.native?.type ?? nativeNames[column.storage];
  return {
    id: column.id,
    source_id: table.sourceId,
    base_id: table.baseId,
    fk_model_id: table.id,
    title: column.title,
    column_name: column.name,
    uidt: column.type.name,
    dt: nativeName,
    np: null,
    ns: null,
    clen: null,
    cop: String(table.columns.indexOf(column) + 1),
    pk: column.key,
    pv: column.display,
    rqd: column.required,
    un: false,
    ct: nativeName,
    ai: column.autoIncrement,
    unique: column.unique,
    cdf: column.defaultValue,
    cc: null,
    csn: null,
    dtx: 'specificType',
    dtxp: choices === undefined ? null : writeEnumeration(choices.map((choice) => choice.title)),
    dtxs: null,
    au: column.type.filledBy === 'lastModifiedTime',
    validate: null,
    virtual: false,
    deleted: false,
    system: column.system,
    order: column.order,
    meta: column.meta,
    description: column.description,
    readonly: column.native?.readOnly === true || whyReadOnly(table) !== undefined,
    fk_workspace_id: workspaceId,
    custom_index_name: null,
    created_at: formatInstant(column.createdAt),
    updated_at: formatInstant(column.updatedAt),
    internal_meta: null,
    ...(choices !== undefined && { colOptions: { options: choices.map(choiceRow(column.id)) } }),
  };
}

const choiceRow =
  (columnId: string) =>
  (choice: { readonly id: string; readonly title: string; readonly color?: string }, index: number) => ({
    id: choice.id,
    fk_column_id: columnId,
    title: choice.title,
    color: choice.color ?? (palette[index % palette.length] as string),
    order: index + 1,
  });

/** Titles as SQL writes an enumeration. */
const writeEnumeration = (titles: readonly string[]): string =>
  titles.map((title) => `'${title.replaceAll("'", "''")}'`).join(',');
