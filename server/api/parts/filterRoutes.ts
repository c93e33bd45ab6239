import { type Static, Type } from 'typebox';
import { AppError } from '../../core/errors.ts';
import { createFilter, deleteFilter, requireFilter, updateFilter } from '../../core/views/filters.ts';
import { flattenFilters } from '../../core/views/resolve.ts';
import { type AnyRoute, type Call, inBase, route } from '../route.ts';
import { decodeFilter, decodeFilterChanges, filterItem } from './filterItem.ts';
import { filterRow, filterSchema } from './filterRow.ts';
import { readOne } from './listQuery.ts';
import type { MetaPaths } from './metaPaths.ts';
import { viewPlace } from './viewRoutes.ts';

const tag = 'Filters';
const list = Type.Object({ list: Type.Array(filterSchema) });

const ofPath = (call: Call<unknown>) => ({ ...viewPlace(call), filterId: call.params.filterId ?? '' });
const findOfPath = (call: Call<unknown>) => {
  const place = ofPath(call);
  return requireFilter(call.core, place, place.filterId);
};

const viewFilterRoutes = ({ version, meta }: MetaPaths): AnyRoute[] => [
  route({
    id: `${version}ListFilters`,
    method: 'GET',
    paths: [`${meta}/views/:viewId/filters`],
    summary: 'The outermost filters of a view, or all of them',
    tag,
    access: inBase('filterList'),
    target: 'view',
    query: {
      includeAllFilters: {
        schema: Type.String({ enum: ['true', 'false'] }),
        description: 'true: those inside groups, too.',
      },
    },
    reply: list,
    run: (call) => {
      const { table, view } = viewPlace(call);
      const everything = ['true', '1'].includes(readOne(call.query, 'includeAllFilters') ?? '');
      const filters = everything ? flattenFilters(view.filters) : view.filters;
      return { list: filters.map((filter) => filterRow(table, view, filter)) };
    },
  }),
  route<Static<typeof filterItem>>({
    id: `${version}CreateFilter`,
    method: 'POST',
    paths: [`${meta}/views/:viewId/filters`],
    summary: 'Add a filter to a view, or a group with everything in it',
    tag,
    access: inBase('filterCreate'),
    target: 'view',
    body: filterItem,
    reply: filterSchema,
    run: async (call) => {
      const place = viewPlace(call);
      const filter = await createFilter(call.core, call.caller, place, decodeFilter(call.body));
      return filterRow(place.table, place.view, filter);
    },
  }),
];

const filterIdRoutes = ({ version, meta }: MetaPaths): AnyRoute[] => [
  route({
    id: `${version}ReadFilter`,
    method: 'GET',
    paths: [`${meta}/filters/:filterId`],
    summary: 'One filter',
    tag,
    access: inBase('filterGet'),
    target: 'filter',
    reply: filterSchema,
    run: async (call) => filterRow(call.target.table, viewPlace(call).view, await findOfPath(call)),
  }),
  route({
    id: `${version}ListFilterChildren`,
    method: 'GET',
    paths: [`${meta}/filters/:filterId/children`],
    summary: 'The filters directly inside a group',
    tag,
    access: inBase('filterChildrenList'),
    target: 'filter',
    reply: list,
    run: async (call) => {
      const { table, view } = viewPlace(call);
      const { children } = await findOfPath(call);
      return { list: children.map((child) => filterRow(table, view, child)) };
    },
  }),
  route<Static<typeof filterItem>>({
    id: `${version}UpdateFilter`,
    method: 'PATCH',
    paths: [`${meta}/filters/:filterId`],
    summary: 'Change a filter, or move it to another group',
    tag,
    access: inBase('filterUpdate'),
    target: 'filter',
    body: filterItem,
    reply: Type.Literal(1),
    run: async (call) => {
      await updateFilter(call.core, call.caller, ofPath(call), decodeFilterChanges(call.body));
      return 1;
    },
  }),
  route({
    id: `${version}DeleteFilter`,
    method: 'DELETE',
    paths: [`${meta}/filters/:filterId`],
    summary: 'Delete a filter; a group goes with everything in it',
    tag,
    access: inBase('filterDelete'),
    target: 'filter',
    missing: () => new AppError('BAD_REQUEST', 'Filter not found'),
    reply: Type.Literal(true),
    run: async (call) => {
      await deleteFilter(call.core, call.caller, ofPath(call));
      return true;
    },
  }),
];

/** Filters of views. */
export const filterRoutes = (paths: MetaPaths): AnyRoute[] => [
  ...viewFilterRoutes(paths),
  ...filterIdRoutes(paths),
];
