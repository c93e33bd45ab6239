import { useQuery } from '@tanstack/react-query';
import { request } from '../api/client.ts';
import { keys } from '../api/queries.ts';

/** How many records a table has. */
export function useRowCount(tableId: string) {
  return useQuery({
    queryKey: [...keys.records(tableId), 'rowCount'],
    queryFn: async ({ signal }) =>
      (await request<{ count: number }>('GET', `/api/v2/tables/${tableId}/records/count`, { signal })).count,
  });
}
