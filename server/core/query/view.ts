import { AppError, notFound } from '../errors.ts';
import type { Column, Table, View, ViewColumn } from '../model.ts';
import { shorten } from '../records/text.ts';

/** The column that holds the manual order of records: the system column that no clock and no person fills. */
export const isOrderColumn = (column: Column): boolean =>
  column.system && ['sequence', 'caller'].includes(column.type.filledBy);

/** System columns that answers leave out unless they are named: all but the times. */
export const isHiddenColumn = (column: Column): boolean =>
  column.system && !['createdTime', 'lastModifiedTime'].includes(column.type.filledBy);

const gridView = 3;

/** The view of a table by id. Throws VIEW_NOT_FOUND. */
export function requireView(table: Table, viewId: string): View {
  const view = table.views.find((candidate) => candidate.id === viewId);
  if (view === undefined) throw notFound('View', shorten(viewId));
  return view;
}

/** Throws VIEW_NOT_FOUND, BAD_REQUEST for a view that is not a grid. */
export function requireGridView(table: Table, viewId: string): View {
  const view = requireView(table, viewId);
  if (view.type !== gridView) {
    throw new AppError(
      'BAD_REQUEST',
      `View '${view.title}' is not a grid view; aggregations exist only on grids.`,
    );
  }
  return view;
}

/** Whether people see the column in the view. */
export const isShown = (view: View, { column, show }: ViewColumn): boolean =>
  show && (!column.system || view.showSystemFields);

/** The columns that people see in a view, in its order. */
export const shownColumns = (view: View): readonly Column[] =>
  view.columns.filter((each) => isShown(view, each)).map(({ column }) => column);

/** The key comes with every record: without it nobody could change what a view shows. */
const readableColumns = (view: View): readonly Column[] =>
  view.columns.filter((each) => each.column.key || isShown(view, each)).map(({ column }) => column);

/**
 * Columns of an answer that names none. Without a view: all but the hidden
 * system columns; through a view: those it shows, in its order, and the key.
 */
export function visibleColumns(table: Table, viewId: string | undefined): readonly Column[] {
  if (viewId === undefined) return table.columns.filter((column) => !isHiddenColumn(column));
  return readableColumns(requireView(table, viewId));
}

/** The columns called `names`, in that order. Throws FIELD_NOT_FOUND; a column the view hides is left out. */
export function namedColumns(
  table: Table,
  names: readonly string[],
  viewId: string | undefined,
): readonly Column[] {
  const readable = viewId === undefined ? undefined : new Set(visibleColumns(table, viewId));
  const chosen = new Set<Column>();
  for (const name of names) {
    const column = requireColumn(table, name);
    if (readable === undefined || readable.has(column)) chosen.add(column);
  }
  return [...chosen];
}

/** A column by title, physical name or id. Throws FIELD_NOT_FOUND. */
export function requireColumn(table: Table, name: string): Column {
  const column = table.columnByName.get(name);
  if (column === undefined) throw notFound('Field', shorten(name));
  return column;
}
