import { type Static, Type } from 'typebox';
import { AppError } from '../../core/errors.ts';
import { createSort, deleteSort, requireSort, updateSort } from '../../core/views/sorts.ts';
import { type AnyRoute, type Call, inBase, route } from '../route.ts';
import { sortRow, sortSchema } from './filterRow.ts';
import { readFlag } from './looseValues.ts';
import type { MetaPaths } from './metaPaths.ts';
import { looseFlag, nullable } from './metaSchemas.ts';
import { viewPlace } from './viewRoutes.ts';

const tag = 'Sorts';

const direction = nullable(Type.String({ pattern: '^(?:[aA][sS][cC]|[dD][eE][sS][cC])$' }));
const common = { direction: Type.Optional(direction), order: Type.Optional(nullable(Type.Number())) };
const sortItem = Type.Object({
  fk_column_id: Type.String(),
  push_to_top: Type.Optional(looseFlag),
  ...common,
});
const sortPatch = Type.Object({ fk_column_id: Type.Optional(nullable(Type.String())), ...common });

const decode = (body: Static<typeof sortPatch>) => ({
  direction: body.direction ? (body.direction.toLowerCase() as 'asc' | 'desc') : undefined,
  order: body.order ?? undefined,
});

const ofPath = (call: Call<unknown>) => ({ ...viewPlace(call), sortId: call.params.sortId ?? '' });

const viewSortRoutes = ({ version, meta }: MetaPaths): AnyRoute[] => [
  route({
    id: `${version}ListSorts`,
    method: 'GET',
    paths: [`${meta}/views/:viewId/sorts`],
    summary: 'The sorts of a view, the most significant first',
    tag,
    access: inBase('sortList'),
    target: 'view',
    reply: Type.Object({ list: Type.Array(sortSchema) }),
    run: (call) => {
      const { table, view } = viewPlace(call);
      return { list: view.sorts.map((sort) => sortRow(table, view, sort)) };
    },
  }),
  route<Static<typeof sortItem>>({
    id: `${version}CreateSort`,
    method: 'POST',
    paths: [`${meta}/views/:viewId/sorts`],
    summary: 'Add a sort to a view; ascending unless it says desc',
    tag,
    access: inBase('sortCreate'),
    target: 'view',
    body: sortItem,
    reply: sortSchema,
    run: async (call) => {
      const place = viewPlace(call);
      const { fk_column_id, push_to_top } = call.body;
      const input = { ...decode(call.body), column: fk_column_id, first: readFlag(push_to_top) };
      return sortRow(place.table, place.view, await createSort(call.core, call.caller, place, input));
    },
  }),
];

const sortIdRoutes = ({ version, meta }: MetaPaths): AnyRoute[] => [
  route({
    id: `${version}ReadSort`,
    method: 'GET',
    paths: [`${meta}/sorts/:sortId`],
    summary: 'One sort',
    tag,
    access: inBase('sortGet'),
    target: 'sort',
    reply: sortSchema,
    run: async (call) => {
      const place = ofPath(call);
      return sortRow(place.table, place.view, await requireSort(call.core, place, place.sortId));
    },
  }),
  route<Static<typeof sortPatch>>({
    id: `${version}UpdateSort`,
    method: 'PATCH',
    paths: [`${meta}/sorts/:sortId`],
    summary: 'Change the field, direction or place of a sort',
    tag,
    access: inBase('sortUpdate'),
    target: 'sort',
    body: sortPatch,
    reply: Type.Literal(1),
    run: async (call) => {
      const changes = { ...decode(call.body), column: call.body.fk_column_id ?? undefined };
      await updateSort(call.core, call.caller, ofPath(call), changes);
      return 1;
    },
  }),
  route({
    id: `${version}DeleteSort`,
    method: 'DELETE',
    paths: [`${meta}/sorts/:sortId`],
    summary: 'Delete a sort',
    tag,
    access: inBase('sortDelete'),
    target: 'sort',
    missing: () => new AppError('BAD_REQUEST', 'Sort not found'),
    reply: Type.Literal(true),
    run: async (call) => {
      await deleteSort(call.core, call.caller, ofPath(call));
      return true;
    },
  }),
];

/** Sorts of views. */
export const sortRoutes = (paths: MetaPaths): AnyRoute[] => [
  ...viewSortRoutes(paths),
  ...sortIdRoutes(paths),
];
