import { type Static, Type } from 'typebox';
import { readChoiceList } from '../../../columnTypes/choices.ts';
import { InvalidValue } from '../../../columnTypes/columnType.ts';
import { findColumnType } from '../../../columnTypes/index.ts';
import { takesChoices } from '../../core/columns/choices.ts';
import type { ColumnInput } from '../../core/columns/draft.ts';
import type { ColumnChanges } from '../../core/columns/update.ts';
import { AppError } from '../../core/errors.ts';
import type { Column } from '../../core/model.ts';
import { readFlag, readMeta } from './looseValues.ts';
import { looseFlag, looseMeta, optionalText } from './metaSchemas.ts';

/** What clients send of a column; members that are not here are ignored, so rows can be echoed. */
const fields = {
  title: Type.Optional(Type.String()),
  column_name: Type.Optional(Type.String()),
  meta: Type.Optional(looseMeta),
  colOptions: Type.Optional(
    Type.Union([Type.Object({ options: Type.Optional(Type.Array(Type.Unknown())) }), Type.Null()]),
  ),
  dtxp: Type.Optional(
    Type.Union([Type.String(), Type.Number(), Type.Null()], {
      description: "Options of a select: `'a','b'`",
    }),
  ),
  cdf: Type.Optional(
    Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()], { description: 'Default value' }),
  ),
  rqd: Type.Optional(looseFlag),
  unique: Type.Optional(looseFlag),
  pk: Type.Optional(looseFlag),
  ai: Type.Optional(looseFlag),
  pv: Type.Optional(looseFlag),
  description: Type.Optional(optionalText),
};

/** A new column. */
export const columnItem = Type.Object({ ...fields, uidt: Type.String() });
/** Changes of a column. */
export const columnPatch = Type.Object({
  ...fields,
  uidt: Type.Optional(Type.String()),
  order: Type.Optional(Type.Number()),
});

type Item = Static<typeof columnPatch>;

/** The choices of a select; undefined when none are given. */
function readChoices(item: Item, typeName: string): ColumnInput['options'] {
  if (item.colOptions?.options !== undefined) return { options: item.colOptions.options };
  const type = findColumnType(typeName);
  if (typeof item.dtxp !== 'string' || item.dtxp.trim() === '' || type === undefined || !takesChoices(type)) {
    return undefined;
  }
  try {
    return { options: readChoiceList(item.dtxp) };
  } catch (error) {
    if (!(error instanceof InvalidValue)) throw error;
    throw new AppError('INVALID_REQUEST_BODY', `Field '${item.title ?? ''}' ${error.phrase}`);
  }
}

/** From the wire to a new column of the core. */
export function decodeColumn(item: Static<typeof columnItem>): ColumnInput {
  return {
    title: item.title,
    name: item.column_name,
    type: item.uidt,
    options: readChoices(item, item.uidt),
    meta: readMeta(item.meta),
    description: item.description,
    defaultValue: item.cdf,
    key: readFlag(item.pk),
    autoIncrement: readFlag(item.ai),
    display: readFlag(item.pv),
    required: readFlag(item.rqd),
    unique: readFlag(item.unique),
  };
}

/** From the wire to changes of a column; the physical name never changes. */
export function decodeChanges(item: Item, column: Column | undefined): ColumnChanges {
  return {
    title: item.title,
    ...(item.uidt !== undefined && { type: item.uidt }),
    options: readChoices(item, item.uidt ?? column?.type.name ?? ''),
    meta: readMeta(item.meta),
    description: item.description,
    defaultValue: item.cdf,
    key: readFlag(item.pk),
    display: readFlag(item.pv),
    required: readFlag(item.rqd),
    unique: readFlag(item.unique),
    order: item.order,
  };
}
