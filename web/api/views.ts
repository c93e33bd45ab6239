import { type QueryClient, useQuery } from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './queries.ts';
import type { Table } from './shapes.ts';

/** What the wire keeps of a view besides its own row, as far as the interface reads it. */

export interface ViewColumn {
  readonly id: string;
  readonly fk_column_id: string;
  readonly width: string;
  readonly show: boolean;
  readonly order: number;
  readonly aggregation: string | null;
  readonly group_by: boolean | null;
  readonly group_by_order: number | null;
  readonly group_by_sort: string | null;
}

export type FilterValue = string | number | boolean | readonly (string | null)[] | null;

/** A condition of a view's filter, or a group of conditions. */
export interface Filter {
  readonly id: string;
  readonly fk_column_id: string | null;
  readonly fk_parent_id: string | null;
  readonly logical_op: 'and' | 'or' | null;
  readonly comparison_op: string | null;
  readonly comparison_sub_op: string | null;
  readonly value: FilterValue;
  readonly is_group: boolean | null;
  readonly enabled: boolean | null;
  readonly order: number;
}

export interface Sort {
  readonly id: string;
  readonly fk_column_id: string;
  readonly direction: 'asc' | 'desc';
  readonly order: number;
}

/** Keys of cached answers about a view. */
export const viewKeys = {
  columns: (viewId: string) => ['viewColumns', viewId] as const,
  filters: (viewId: string) => ['viewFilters', viewId] as const,
  sorts: (viewId: string) => ['viewSorts', viewId] as const,
};

const path = (viewId: string, part: string): string => `/api/v2/meta/views/${viewId}/${part}`;
const byOrder = (a: { order: number }, b: { order: number }): number => a.order - b.order;

function useViewList<T extends { readonly order: number }>(
  key: readonly unknown[],
  viewId: string | undefined,
  part: string,
) {
  return useQuery({
    queryKey: key,
    queryFn: async () =>
      (await request<{ list: T[] }>('GET', path(viewId ?? '', part))).list.toSorted(byOrder),
    enabled: viewId !== undefined,
  });
}

export const useViewColumns = (viewId: string | undefined) =>
  useViewList<ViewColumn>(viewKeys.columns(viewId ?? ''), viewId, 'columns');

export const useFilters = (viewId: string | undefined) =>
  useViewList<Filter>(viewKeys.filters(viewId ?? ''), viewId, 'filters?includeAllFilters=true');

export const useSorts = (viewId: string | undefined) =>
  useViewList<Sort>(viewKeys.sorts(viewId ?? ''), viewId, 'sorts');

/** After a change of fields: keeps the table the server answered, and asks again for all that shows it. */
export async function refreshTable(client: QueryClient, table: Pick<Table, 'id'> | Table): Promise<void> {
  if ('columns' in table) client.setQueryData(keys.table(table.id), table);
  await Promise.all(
    [keys.table(table.id), ['viewColumns'], ['viewFilters'], ['viewSorts'], keys.records(table.id)].map(
      (queryKey) => client.invalidateQueries({ queryKey }),
    ),
  );
}
