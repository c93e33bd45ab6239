import { useQueryClient } from '@tanstack/react-query';
import type { Table } from '../api/shapes.ts';
import { refreshTable } from '../api/views.ts';

/** After a change of a table's fields or views: shows it everywhere; with the table a route answered, at once. */
export function useRefreshTable(tableId: string): (table?: Table) => Promise<void> {
  const client = useQueryClient();
  return (table) => refreshTable(client, table ?? { id: tableId });
}
