import { type Static, Type } from 'typebox';
import { AppError } from '../../core/errors.ts';
import type { ViewColumnChanges } from '../../core/views/columns.ts';
import type { ViewInput } from '../../core/views/create.ts';
import type { ViewChanges } from '../../core/views/update.ts';
import { readFlag, readMeta } from './looseValues.ts';
import { looseFlag, looseMeta, nullable, optionalText } from './metaSchemas.ts';

/** What clients send of views; members that are not here are ignored, so rows can be echoed. */

const lockType = Type.Union([
  Type.Literal('collaborative'),
  Type.Literal('locked'),
  Type.Literal('personal'),
  Type.Null(),
]);

const viewFields = {
  description: Type.Optional(optionalText),
  lock_type: Type.Optional(lockType),
  show_system_fields: Type.Optional(looseFlag),
  row_height: Type.Optional(nullable(Type.Number())),
  meta: Type.Optional(looseMeta),
  order: Type.Optional(nullable(Type.Number())),
};

/** A new view. */
export const viewItem = Type.Object({
  title: Type.String(),
  type: Type.Optional(
    nullable(
      Type.Union([Type.String(), Type.Number()], { description: "3 or 'grid': nothing else is made yet" }),
    ),
  ),
  copy_from_id: Type.Optional(
    nullable(Type.String({ description: 'A view of the same table to begin with.' })),
  ),
  ...viewFields,
});

/** Changes of a view. */
export const viewPatch = Type.Object({ title: Type.Optional(Type.String()), ...viewFields });

const grids: readonly unknown[] = [undefined, null, 3, '3', 'grid'];

const decodeCommon = (body: Static<typeof viewPatch>): ViewChanges => ({
  description: body.description,
  lockType: body.lock_type ?? undefined,
  showSystemFields: readFlag(body.show_system_fields),
  rowHeight: body.row_height,
  meta: readMeta(body.meta),
  order: body.order ?? undefined,
});

/** Throws INVALID_REQUEST_BODY for a kind of view that is not made here. */
export function decodeView(body: Static<typeof viewItem>): ViewInput {
  const type = typeof body.type === 'string' ? body.type.toLowerCase() : body.type;
  if (!grids.includes(type))
    throw new AppError('INVALID_REQUEST_BODY', 'Only grid views (type 3) are available on this server');
  return { ...decodeCommon(body), title: body.title, copyFrom: body.copy_from_id || undefined };
}

export const decodeViewChanges = (body: Static<typeof viewPatch>): ViewChanges => ({
  ...decodeCommon(body),
  title: body.title,
});

/** How a view shows a column. */
const viewColumnFields = {
  show: Type.Optional(looseFlag),
  order: Type.Optional(nullable(Type.Number())),
  width: Type.Optional(nullable(Type.Union([Type.String(), Type.Number()]))),
  aggregation: Type.Optional(nullable(Type.String())),
  group_by: Type.Optional(looseFlag),
  group_by_order: Type.Optional(nullable(Type.Number())),
  group_by_sort: Type.Optional(nullable(Type.String())),
};

export const viewColumnPatch = Type.Object(viewColumnFields);
export const viewColumnItem = Type.Object({ fk_column_id: Type.String(), ...viewColumnFields });

export const decodeViewColumn = (body: Static<typeof viewColumnPatch>): ViewColumnChanges => ({
  show: readFlag(body.show),
  order: body.order ?? undefined,
  width: body.width,
  aggregation: body.aggregation,
  groupBy: readFlag(body.group_by),
  groupByOrder: body.group_by_order,
  groupBySort: body.group_by_sort,
});
