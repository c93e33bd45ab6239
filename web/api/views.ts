import { type QueryClient, useQuery } from '@tanstack/react-query';
import { request } from './client.ts';
import { keys } from './queries.ts';
import type { Table } from './shapes.ts';
import type { Filter, Sort, ViewColumn } from './viewShapes.ts';

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
