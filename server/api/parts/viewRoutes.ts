import { Type } from 'typebox';
import { notFound } from '../../core/errors.ts';
import { type AnyRoute, inBase, route } from '../route.ts';
import type { MetaPaths } from './metaPaths.ts';
import { listedViewRow, listedViewSchema, viewColumnRows, viewColumnSchema } from './viewRow.ts';

const tag = 'Views';

/** Views of a table, to read. */
export const viewRoutes = ({ version, meta }: MetaPaths): AnyRoute[] => [
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
  route({
    id: `${version}ListViewColumns`,
    method: 'GET',
    paths: [`${meta}/views/:viewId/columns`],
    summary: 'The fields of a view, and which of them it shows',
    tag,
    access: inBase('viewColumnList'),
    target: 'view',
    reply: Type.Object({ list: Type.Array(viewColumnSchema) }),
    run: (call) => {
      const { table, view } = call.target;
      if (view === undefined) throw notFound('View', call.params.viewId ?? '');
      return { list: viewColumnRows(table, view) };
    },
  }),
];
