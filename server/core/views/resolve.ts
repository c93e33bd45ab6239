import type { Column, View, ViewColumn, ViewFilter } from '../model.ts';
import type { FilterRow, LoadedBase, SortRow, ViewColumnRow, ViewRow } from '../ports.ts';

/** Of columns whose width nobody chose; the wire's. */
export const defaultWidth = '180px';

const unplaced = (column: Column, order: number): ViewColumn => ({
  column,
  show: true,
  order,
  width: defaultWidth,
  aggregation: null,
  groupBy: false,
  groupByOrder: null,
  groupBySort: null,
  stored: false,
  createdAt: column.createdAt,
  updatedAt: column.updatedAt,
});

function placed(column: Column, row: ViewColumnRow): ViewColumn {
  const { viewId: _view, baseId: _base, columnId: _column, ...rest } = row;
  return { column, ...rest, stored: true };
}

/** Columns the view was told about in its order, then all others in the table's. */
export function resolveViewColumns(
  columns: readonly Column[],
  rows: readonly ViewColumnRow[],
): readonly ViewColumn[] {
  const rowOf = new Map(rows.map((row) => [row.columnId, row]));
  const told = columns.flatMap((column) => {
    const row = rowOf.get(column.id);
    return row === undefined ? [] : [placed(column, row)];
  });
  told.sort((a, b) => a.order - b.order);
  const last = Math.max(0, Math.ceil(told.at(-1)?.order ?? 0));
  const others = columns.filter((column) => !rowOf.has(column.id));
  return [...told, ...others.map((column, index) => unplaced(column, last + index + 1))];
}

/** Rows to a tree; the rows are in order. */
export function resolveFilters(rows: readonly FilterRow[]): readonly ViewFilter[] {
  const children = new Map<string | null, FilterRow[]>();
  for (const row of rows) {
    const siblings = children.get(row.parentId);
    if (siblings === undefined) children.set(row.parentId, [row]);
    else siblings.push(row);
  }
  const under = (parent: string | null): ViewFilter[] =>
    (children.get(parent) ?? []).map(({ viewId: _view, baseId: _base, ...row }) => ({
      ...row,
      children: row.group ? under(row.id) : [],
    }));
  return under(null);
}

function groupByView<T extends { readonly viewId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.viewId);
    if (group === undefined) groups.set(row.viewId, [row]);
    else group.push(row);
  }
  return groups;
}

const resolveSort = ({ viewId: _view, baseId: _base, ...sort }: SortRow) => sort;

/** Makes views of a loaded base whole. */
export function createViewResolver(
  loaded: Pick<LoadedBase, 'viewColumns' | 'filters' | 'sorts'>,
): (row: ViewRow, columns: readonly Column[]) => View {
  const columnsOf = groupByView(loaded.viewColumns);
  const filtersOf = groupByView(loaded.filters);
  const sortsOf = groupByView(loaded.sorts);
  return (row, columns) => ({
    ...row,
    columns: resolveViewColumns(columns, columnsOf.get(row.id) ?? []),
    filters: resolveFilters(filtersOf.get(row.id) ?? []),
    sorts: (sortsOf.get(row.id) ?? []).map(resolveSort),
  });
}

/** A filter of the view at any depth. */
export function findFilter(filters: readonly ViewFilter[], id: string): ViewFilter | undefined {
  for (const filter of filters) {
    const found = filter.id === id ? filter : findFilter(filter.children, id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A filter with everything under it, parents first. */
export const flattenFilters = (filters: readonly ViewFilter[]): ViewFilter[] =>
  filters.flatMap((filter) => [filter, ...flattenFilters(filter.children)]);
