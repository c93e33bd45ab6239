import { useQuery } from '@tanstack/react-query';
import { request } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import type { Page, Table } from '../api/shapes.ts';
import type { SnippetTarget } from './requests.ts';

/** The key of a record that is there, so that the examples work as they stand; 1 while none is known. */
export function useTableRow(table: Table): SnippetTarget['key'] {
  const title = table.columns.find((column) => column.pk)?.title ?? 'Id';
  const first = useQuery({
    queryKey: [...keys.records(table.id), 'first'],
    queryFn: async () => {
      const page = await request<Page>('GET', `/api/v2/tables/${table.id}/records`, {
        query: { limit: 1, fields: JSON.stringify([title]) },
      });
      return page.list[0]?.[title];
    },
  });
  const { data } = first;
  return { title, value: typeof data === 'string' || typeof data === 'number' ? data : 1 };
}
