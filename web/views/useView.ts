import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useMayInBase, useMe, useTable } from '../api/queries.ts';
import type { Column, Table, View } from '../api/shapes.ts';
import type { Filter, Sort, ViewColumn } from '../api/viewShapes.ts';
import { useFilters, useSorts, useViewColumns, viewKeys } from '../api/views.ts';
import { type GroupSort, type GroupTerm, openGroupKey, useOpenGroups } from './groups.ts';
import { type RowHeight, rowHeightOf } from './rowHeight.ts';
import { searchWhere, useSearches, whereOf } from './search.ts';
import { useColumnChanges, type ViewColumnPatch } from './useColumnChanges.ts';
import { useIsChanging } from './useViewChange.ts';

/** A column as the view shows it. */
export interface ShownColumn {
  readonly column: Column;
  readonly viewColumnId: string;
  /** In pixels. */
  readonly width: number;
  readonly show: boolean;
  readonly order: number;
  readonly aggregation: string | null;
}

/** Why a person cannot change the view; null: they can. */
export type ReadOnlyReason = 'locked' | 'personal' | 'role' | null;

export interface ViewState {
  readonly status: 'pending' | 'error' | 'success';
  readonly error: unknown;
  readonly retry: () => void;
  readonly table: Table | undefined;
  readonly view: View | undefined;
  /** Visible ones, in the order of the view. */
  readonly columns: readonly ShownColumn[];
  /** Every column of the table, in the order of the view. */
  readonly allColumns: readonly ShownColumn[];
  /** How many of the first visible columns stay while the others scroll. */
  readonly frozen: number;
  readonly rowHeight: RowHeight;
  readonly groupBy: readonly GroupTerm[];
  /** The open group, as a condition; undefined: none is open, or rows are not grouped. */
  readonly groupWhere: string | undefined;
  /** Search and open group together, ready to be the `where` of a read; the view's own filters apply by viewId. */
  readonly where: string | undefined;
  readonly filters: readonly Filter[];
  readonly sorts: readonly Sort[];
  readonly readOnly: boolean;
  readonly readOnlyReason: ReadOnlyReason;
  /** Kept for everybody where the person may change the view, otherwise on this screen only. */
  readonly setWidth: (columnId: string, width: number) => void;
  /** @param index the new place among the visible columns */
  readonly move: (columnId: string, index: number) => void;
  /** Changes whenever the server would answer other rows or fields: time to read again. */
  readonly version: string;
}

const defaultWidth = 180;

/** The view of that id, otherwise the table's default one. */
export function chooseView(table: Table | undefined, viewId: string | undefined): View | undefined {
  const views = table?.views ?? [];
  return (
    views.find((view) => view.id === viewId) ??
    views.find((view) => view.is_default) ??
    views.toSorted((a, b) => a.order - b.order)[0]
  );
}

function joinColumns(table: Table | undefined, rows: readonly ViewColumn[] | undefined): ShownColumn[] {
  const columnById = new Map(table?.columns.map((column) => [column.id, column]));
  return (rows ?? []).flatMap((row) => {
    const column = columnById.get(row.fk_column_id);
    if (column === undefined) return [];
    const width = Number.parseFloat(row.width) || defaultWidth;
    const { id: viewColumnId, show, order, aggregation } = row;
    return [{ column, viewColumnId, width, show, order, aggregation }];
  });
}

function joinGroups(table: Table | undefined, rows: readonly ViewColumn[] | undefined): GroupTerm[] {
  const columnById = new Map(table?.columns.map((column) => [column.id, column]));
  return (rows ?? [])
    .filter((row) => row.group_by === true)
    .toSorted((a, b) => (a.group_by_order ?? 0) - (b.group_by_order ?? 0))
    .flatMap((row) => {
      const column = columnById.get(row.fk_column_id);
      return column === undefined ? [] : [{ column, sort: (row.group_by_sort ?? 'asc') as GroupSort }];
    });
}

/** Whether the signed-in person may change the view, and if not, why. */
export function useReadOnlyReason(baseId: string | undefined, view: View | undefined): ReadOnlyReason {
  const me = useMe(baseId);
  const isCreator = useMayInBase(baseId, 'creator');
  const isEditor = useMayInBase(baseId, 'editor');
  if (view === undefined) return 'role';
  if (view.lock_type === 'locked') return 'locked';
  if (view.lock_type !== 'personal') return isCreator ? null : 'role';
  if (view.owned_by === me.data?.id) return isEditor ? null : 'role';
  return 'personal';
}

/** What decides which rows and fields the server answers, without ids and dates that change nothing. */
function meaningOf(
  view: View | undefined,
  columns: readonly ShownColumn[],
  rest: readonly unknown[],
): string {
  const shown = columns.filter((each) => each.show).map((each) => each.column.id);
  return JSON.stringify([view?.id, view?.show_system_fields, shown.toSorted(), ...rest]);
}

const meaningOfFilter = (filter: Filter): unknown[] => [
  filter.fk_parent_id,
  filter.is_group === true ? filter.id : null,
  filter.logical_op,
  filter.fk_column_id,
  filter.comparison_op,
  filter.comparison_sub_op,
  filter.value,
  filter.enabled !== false,
];

/** The last value from a time when nothing was on its way. */
function useSettled(value: string, isChanging: boolean): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    if (!isChanging) setSettled(value);
  }, [value, isChanging]);
  return settled;
}

/** An order number that puts a column at a place among the visible ones; undefined: the numbers are too close. */
export function orderAt(
  columns: readonly ShownColumn[],
  columnId: string,
  index: number,
): number | undefined {
  const others = columns.filter((each) => each.column.id !== columnId);
  const before = others[index - 1]?.order;
  const after = others[index]?.order;
  if (before === undefined && after === undefined) return undefined;
  if (before === undefined) return (after as number) - 1;
  if (after === undefined) return before + 1;
  const middle = (before + after) / 2;
  return middle > before && middle < after ? middle : undefined;
}

/** A view with everything a grid needs to show it, and what a grid changes of it. */
export function useView(tableId: string, viewId: string | undefined): ViewState {
  const client = useQueryClient();
  const table = useTable(tableId);
  const view = chooseView(table.data, viewId);
  const [rows, filters, sorts] = [useViewColumns(view?.id), useFilters(view?.id), useSorts(view?.id)];
  const readOnlyReason = useReadOnlyReason(table.data?.base_id, view);
  const isChanging = useIsChanging();
  const changes = useColumnChanges(view?.id);
  const text = useSearches((searches) => searches.texts[tableId] ?? '');

  const allColumns = useMemo(() => joinColumns(table.data, rows.data), [table.data, rows.data]);
  const groupBy = useMemo(() => joinGroups(table.data, rows.data), [table.data, rows.data]);
  const openGroup = useOpenGroups((groups) => groups.wheres[openGroupKey(view?.id, groupBy)]);
  const columns = useMemo(
    () => allColumns.filter((each) => each.show && (!each.column.system || view?.show_system_fields)),
    [allColumns, view?.show_system_fields],
  );
  const meaning = meaningOf(view, allColumns, [
    filters.data?.map(meaningOfFilter),
    sorts.data?.map((sort) => [sort.fk_column_id, sort.direction]),
    groupBy.map((term) => [term.column.id, term.sort]),
  ]);
  const version = useSettled(meaning, isChanging);

  const patch = (each: ShownColumn | undefined, body: ViewColumnPatch): void => {
    if (each !== undefined && readOnlyReason === null) void changes.patch(each.viewColumnId, body);
  };

  function move(columnId: string, index: number): void {
    const order = orderAt(columns, columnId, index);
    if (order !== undefined) {
      patch(
        columns.find((each) => each.column.id === columnId),
        { order },
      );
      return;
    }
    // The numbers are used up between two columns: number all of them anew.
    const others = columns.filter((each) => each.column.id !== columnId);
    const moved = columns.filter((each) => each.column.id === columnId);
    for (const [place, each] of others.toSpliced(index, 0, ...moved).entries())
      patch(each, { order: place + 1 });
  }

  function setWidth(columnId: string, pixels: number): void {
    const each = columns.find((candidate) => candidate.column.id === columnId);
    const width = `${Math.round(pixels)}px`;
    if (readOnlyReason === null) patch(each, { width });
    else if (view !== undefined) {
      client.setQueryData<ViewColumn[]>(viewKeys.columns(view.id), (rows) =>
        rows?.map((row) => (row.id === each?.viewColumnId ? { ...row, width } : row)),
      );
    }
  }

  const groupWhere = groupBy.length === 0 ? undefined : openGroup;
  const failed = [table, rows, filters, sorts].find((query) => query.isError && query.data === undefined);
  const ready = [table, rows, filters, sorts].every((query) => query.data !== undefined);
  const frozen = Number(view?.meta?.frozen ?? 1);
  return {
    status: failed !== undefined ? 'error' : ready ? 'success' : 'pending',
    error: failed?.error,
    retry: () => void [table, rows, filters, sorts].map((query) => query.refetch()),
    table: table.data,
    view,
    columns,
    allColumns,
    frozen: Number.isInteger(frozen) ? Math.min(Math.max(frozen, 0), columns.length) : 1,
    rowHeight: rowHeightOf(view),
    groupBy,
    groupWhere,
    where: whereOf([
      searchWhere(
        columns.map((each) => each.column),
        text,
      ),
      groupWhere,
    ]),
    filters: filters.data ?? [],
    sorts: sorts.data ?? [],
    readOnly: readOnlyReason !== null,
    readOnlyReason,
    setWidth,
    move,
    version,
  };
}
