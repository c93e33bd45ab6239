import { type Static, Type } from 'typebox';
import { createGridView } from '../../core/views/create.ts';
import { deleteView } from '../../core/views/delete.ts';
import { updateView } from '../../core/views/update.ts';
import { type AnyRoute, type Call, inBase, route } from '../route.ts';
import type { MetaPaths } from './metaPaths.ts';
import { decodeView, decodeViewChanges, viewItem, viewPatch } from './viewItem.ts';
import { listedViewRow, listedViewSchema, viewRow, viewSchema } from './viewRow.ts';

const tag = 'Views';

/** The view that the path names: the target of the route has found it. */
export function viewPlace(call: Pick<Call, 'target'>) {
  const { table, view } = call.target;
  if (view === undefined) throw new Error('a route about views has no view as its target');
  return { table, view, viewId: view.id };
}

const listRoutes = ({ version, meta }: MetaPaths): AnyRoute[] => [
  route({
    id: `${version}ListViews`,
    method: 'GET',
    paths: [`${meta}/tables/:tableId/views`],
    summary: 'The views of a table',
    tag,
    access: inBase('viewList'),
    target: 'table',
    reply: Type.Object({ list: Type.Array(listedViewSchema) }),
    run: (call) => {
      const { table } = call.target;
      return { list: table.views.map((view) => listedViewRow(table, view)) };
    },
  }),
  route<Static<typeof viewItem>>({
    id: `${version}CreateGridView`,
    method: 'POST',
    paths: [`${meta}/tables/:tableId/grids`, `${meta}/tables/:tableId/views`],
    summary: 'Create a grid view, empty or as a copy of another',
    tag,
    access: inBase('gridViewCreate'),
    target: 'table',
    body: viewItem,
    reply: viewSchema,
    run: async (call) => {
      const input = decodeView(call.body);
      const { table, view } = await createGridView(call.core, call.caller, call.target.table, input);
      return viewRow(table, view);
    },
  }),
];

const singleRoutes = ({ version, meta }: MetaPaths): AnyRoute[] => [
  route<Static<typeof viewPatch>>({
    id: `${version}UpdateView`,
    method: 'PATCH',
    paths: [`${meta}/views/:viewId`],
    summary: 'Rename, lock, move or restyle a view',
    tag,
    access: inBase('viewUpdate'),
    target: 'view',
    body: viewPatch,
    reply: viewSchema,
    run: async (call) => {
      const changes = decodeViewChanges(call.body);
      const { table, view } = await updateView(
        call.core,
        call.caller,
        'viewUpdate',
        viewPlace(call),
        changes,
      );
      return viewRow(table, view);
    },
  }),
  route<Static<typeof viewPatch>>({
    id: `${version}UpdateGridView`,
    method: 'PATCH',
    paths: [`${meta}/grids/:viewId`],
    summary: 'Change the row height and looks of a grid; what is given of meta is added to it',
    tag,
    access: inBase('gridViewUpdate'),
    target: 'view',
    body: viewPatch,
    reply: viewSchema,
    run: async (call) => {
      const place = viewPlace(call);
      const changes = decodeViewChanges(call.body);
      const looks = changes.meta ? { ...changes, meta: { ...place.view.meta, ...changes.meta } } : changes;
      const { table, view } = await updateView(call.core, call.caller, 'gridViewUpdate', place, looks);
      return viewRow(table, view);
    },
  }),
  route({
    id: `${version}DeleteView`,
    method: 'DELETE',
    paths: [`${meta}/views/:viewId`],
    summary: 'Delete a view; the last grid that everybody has stays',
    tag,
    access: inBase('viewDelete'),
    target: 'view',
    reply: Type.Literal(true),
    run: async (call) => {
      await deleteView(call.core, call.caller, viewPlace(call));
      return true;
    },
  }),
];

/** Views of a table. */
export const viewRoutes = (paths: MetaPaths): AnyRoute[] => [...listRoutes(paths), ...singleRoutes(paths)];
