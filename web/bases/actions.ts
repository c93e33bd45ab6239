import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { request } from '../api/client.ts';
import { finishJob } from '../api/jobs.ts';
import { keys } from '../api/queries.ts';
import type { Base, Table, TableSummary } from '../api/shapes.ts';

interface Listed {
  readonly id: string;
  readonly order: number | null;
}

/** Shows a change at once and takes it back when the server refuses. */
async function changeListed<T extends Listed>(
  client: QueryClient,
  key: readonly unknown[],
  id: string,
  change: Partial<T>,
  send: () => Promise<unknown>,
): Promise<void> {
  await client.cancelQueries({ queryKey: key });
  const before = client.getQueryData<T[]>(key);
  client.setQueryData<T[]>(key, (list) =>
    list
      ?.map((one) => (one.id === id ? { ...one, ...change } : one))
      .toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0)),
  );
  try {
    await send();
  } catch (error) {
    client.setQueryData(key, before);
    throw error;
  } finally {
    void client.invalidateQueries({ queryKey: key });
  }
}

export type NewColumn = { readonly title: string; readonly uidt: string };
type BaseChange = Partial<Pick<Base, 'title' | 'color' | 'meta'>>;
type TableChange = Partial<Pick<TableSummary, 'title' | 'meta'>>;

const baseActions = (client: QueryClient) => ({
  async createBase(title: string): Promise<Base> {
    const base = await request<Base>('POST', '/api/v2/meta/bases/', { body: { title } });
    await client.invalidateQueries({ queryKey: keys.bases });
    return base;
  },
  changeBase: (id: string, change: BaseChange): Promise<void> =>
    changeListed<Base>(client, keys.bases, id, change, () =>
      request('PATCH', `/api/v2/meta/bases/${id}`, { body: change }),
    ),
  /** In the list of the signed-in person alone. */
  placeBase: (id: string, order: number): Promise<void> =>
    changeListed<Base>(client, keys.bases, id, { order }, () =>
      request('PATCH', `/api/v2/meta/bases/${id}/user`, { body: { order } }),
    ),
  async deleteBase(id: string): Promise<void> {
    await request('DELETE', `/api/v2/meta/bases/${id}`);
    client.setQueryData<Base[]>(keys.bases, (list) => list?.filter((base) => base.id !== id));
    void client.invalidateQueries({ queryKey: keys.bases });
  },
  /** Answers the id of the copy once it is whole. */
  async duplicateBase(id: string): Promise<string> {
    const started = await request<{ id: string; base_id: string }>('POST', `/api/v2/meta/duplicate/${id}`, {
      body: {},
    });
    await client.invalidateQueries({ queryKey: keys.bases });
    await finishJob(started.id);
    await client.invalidateQueries({ queryKey: keys.tables(started.base_id) });
    return started.base_id;
  },
});

const tableActions = (client: QueryClient) => ({
  async createTable(baseId: string, title: string, columns: readonly NewColumn[]): Promise<Table> {
    const path = `/api/v2/meta/bases/${baseId}/tables`;
    const table = await request<Table>('POST', path, { body: { title, columns } });
    await client.invalidateQueries({ queryKey: keys.tables(baseId) });
    return table;
  },
  async changeTable(table: TableSummary, change: TableChange): Promise<void> {
    await changeListed<TableSummary>(client, keys.tables(table.base_id), table.id, change, () =>
      request('PATCH', `/api/v2/meta/tables/${table.id}`, { body: change }),
    );
    void client.invalidateQueries({ queryKey: keys.table(table.id) });
  },
  async deleteTable(table: TableSummary): Promise<void> {
    await request('DELETE', `/api/v2/meta/tables/${table.id}`);
    const key = keys.tables(table.base_id);
    client.setQueryData<TableSummary[]>(key, (list) => list?.filter((one) => one.id !== table.id));
    void client.invalidateQueries({ queryKey: key });
  },
  async duplicateTable(table: TableSummary): Promise<void> {
    const path = `/api/v2/meta/duplicate/${table.base_id}/table/${table.id}`;
    const { id } = await request<{ id: string }>('POST', path, { body: {} });
    await finishJob(id);
    await client.invalidateQueries({ queryKey: keys.tables(table.base_id) });
  },
  placeTable: (table: TableSummary, order: number): Promise<void> =>
    changeListed<TableSummary>(client, keys.tables(table.base_id), table.id, { order }, () =>
      request('POST', `/api/v2/meta/tables/${table.id}/reorder`, { body: { order } }),
    ),
});

/** What can be done to bases and tables; lists on the screen follow. */
export function useBaseActions() {
  const client = useQueryClient();
  return useMemo(() => ({ ...baseActions(client), ...tableActions(client) }), [client]);
}
