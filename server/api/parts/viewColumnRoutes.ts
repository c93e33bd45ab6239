import { type Static, Type } from 'typebox';
import { requireView } from '../../core/query/view.ts';
import { requireTable } from '../../core/tables/require.ts';
import {
  parseViewColumnId,
  showAllColumns,
  updateViewColumn,
  viewColumnNotFound,
} from '../../core/views/columns.ts';
import { type AnyRoute, type Call, inBase, route } from '../route.ts';
import { parseJsonArray } from './filterArray.ts';
import { type Query, readAll } from './listQuery.ts';
import type { MetaPaths } from './metaPaths.ts';
import { viewColumnRow, viewColumnRows, viewColumnSchema } from './viewColumnRow.ts';
import { decodeViewColumn, viewColumnItem, viewColumnPatch } from './viewItem.ts';
import { viewPlace } from './viewRoutes.ts';

const tag = 'Views';

const listRoutes = ({ version, meta }: MetaPaths): AnyRoute[] => [
  route({
    id: `${version}ListViewColumns`,
    method: 'GET',
    paths: [`${meta}/views/:viewId/columns`],
    summary: 'The fields of a view in its order, and which of them it shows',
    tag,
    access: inBase('viewColumnList'),
    target: 'view',
    reply: Type.Object({ list: Type.Array(viewColumnSchema) }),
    run: (call) => ({ list: viewColumnRows(call.target.table, viewPlace(call).view) }),
  }),
  route({
    id: `${version}ListGridColumns`,
    method: 'GET',
    paths: [`${meta}/grids/:viewId/grid-columns`],
    summary: 'The same as a plain list',
    tag,
    access: inBase('viewColumnList'),
    target: 'view',
    reply: Type.Array(viewColumnSchema),
    run: (call) => viewColumnRows(call.target.table, viewPlace(call).view),
  }),
];

/** Of this view: a client may send the id of the field itself. Throws GENERIC_NOT_FOUND. */
function columnOfPath(call: Call<unknown>): string {
  const { view } = viewPlace(call);
  const id = call.params.viewColumnId ?? '';
  const parsed = parseViewColumnId(id);
  const columnId = parsed === undefined ? id : parsed.columnId;
  const known = view.columns.some(({ column }) => column.id === columnId);
  if (!known || (parsed !== undefined && parsed.viewId !== view.id)) throw viewColumnNotFound(id);
  return columnId;
}

const changeRoutes = ({ version, meta }: MetaPaths): AnyRoute[] => [
  route<Static<typeof viewColumnItem>>({
    id: `${version}CreateViewColumn`,
    method: 'POST',
    paths: [`${meta}/views/:viewId/columns`],
    summary: 'Say how a view shows a field of its table',
    tag,
    access: inBase('viewColumnCreate'),
    target: 'view',
    body: viewColumnItem,
    reply: viewColumnSchema,
    run: async (call) => {
      const { core, caller, body } = call;
      const place = { ...viewPlace(call), column: body.fk_column_id };
      await updateViewColumn(core, caller, 'viewColumnCreate', place, decodeViewColumn(body));
      const table = await requireTable(core, place.table.id);
      const view = requireView(table, place.viewId);
      const { column } = place;
      const each = view.columns.find((candidate) => candidate.column === table.columnByName.get(column));
      if (each === undefined) throw viewColumnNotFound(column);
      return viewColumnRow(table, view, each);
    },
  }),
  route<Static<typeof viewColumnPatch>>({
    id: `${version}UpdateViewColumn`,
    method: 'PATCH',
    paths: [`${meta}/views/:viewId/columns/:viewColumnId`],
    summary: 'Change how a view shows a field',
    tag,
    access: inBase('viewColumnUpdate'),
    target: 'view',
    body: viewColumnPatch,
    reply: Type.Literal(1),
    run: async (call) => {
      const place = { ...viewPlace(call), column: columnOfPath(call) };
      await updateViewColumn(call.core, call.caller, 'viewColumnUpdate', place, decodeViewColumn(call.body));
      return 1;
    },
  }),
  route<Static<typeof viewColumnPatch>>({
    id: `${version}UpdateGridColumn`,
    method: 'PATCH',
    paths: [`${meta}/grid-columns/:viewColumnId`],
    summary: 'Change width, place, visibility, footer or grouping of a field in a grid',
    tag,
    access: inBase('gridColumnUpdate'),
    target: 'viewColumn',
    body: viewColumnPatch,
    reply: Type.Literal(1),
    run: async (call) => {
      const place = { ...viewPlace(call), column: call.target.column.id };
      await updateViewColumn(call.core, call.caller, 'gridColumnUpdate', place, decodeViewColumn(call.body));
      return 1;
    },
  }),
];

/** Ids as a comma list, repeated, or as a JSON array. */
const readIds = (query: Query): string[] =>
  readAll(query, 'ignoreIds', 'ignoreIds[]')
    .flatMap((text) => parseJsonArray(text)?.map(String) ?? text.split(','))
    .map((id) => id.trim())
    .filter((id) => id !== '');

const showAll = ({ version, meta }: MetaPaths, show: boolean): AnyRoute =>
  route({
    id: `${version}${show ? 'ShowAllColumns' : 'HideAllColumns'}`,
    method: 'POST',
    paths: [`${meta}/views/:viewId/${show ? 'show-all' : 'hide-all'}`],
    summary: show
      ? 'Show every field in a view'
      : 'Hide every field of a view but the one that stands for the record',
    tag,
    access: inBase(show ? 'showAllColumns' : 'hideAllColumns'),
    target: 'view',
    query: {
      ignoreIds: { schema: Type.String(), description: 'Fields that stay as they are, separated by commas.' },
    },
    reply: Type.Literal(true),
    run: async (call) => {
      await showAllColumns(call.core, call.caller, viewPlace(call), show, readIds(call.query));
      return true;
    },
  });

/** How a view shows the columns of its table. */
export const viewColumnRoutes = (paths: MetaPaths): AnyRoute[] => [
  ...listRoutes(paths),
  ...changeRoutes(paths),
  showAll(paths, true),
  showAll(paths, false),
];
