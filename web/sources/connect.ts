import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { request } from '../api/client.ts';
import { finishJob } from '../api/jobs.ts';
import { keys } from '../api/queries.ts';
import type { Base } from '../api/shapes.ts';
import { type Connection, configOf, type ForeignTables, nameOf, type TableChanges } from './shapes.ts';

type Tested = { readonly code: 0 | -1; readonly message: string };

const withBase = (baseId: string | undefined) => (baseId === undefined ? {} : { base_id: baseId });

/** Throws with the server's words when the database cannot be reached. */
export async function testConnection(connection: Connection, baseId: string | undefined): Promise<void> {
  const body = { ...configOf(connection, undefined), ...withBase(baseId) };
  const { code, message } = await request<Tested>('POST', '/api/v2/meta/connection/test', { body });
  if (code !== 0) throw new Error(message);
}

export const listTables = (
  connection: Connection,
  schema: string | undefined,
  baseId: string | undefined,
): Promise<ForeignTables> =>
  request('POST', '/api/v2/meta/connection/tables', {
    body: { ...configOf(connection, schema), ...withBase(baseId) },
  });

export interface Wish {
  readonly connection: Connection;
  readonly schema: string | undefined;
  /** undefined: all of them. */
  readonly tables: readonly string[] | undefined;
  /** undefined: a new base, named like the database. */
  readonly baseId: string | undefined;
}

const actions = (client: QueryClient) => ({
  /** Answers the base; one that was made for it goes away when the database refuses. */
  async connect({ connection, schema, tables, baseId }: Wish): Promise<string> {
    const title = nameOf(connection);
    const id = baseId ?? (await request<Base>('POST', '/api/v2/meta/bases/', { body: { title } })).id;
    try {
      const { id: job } = await request<{ id: string }>('POST', `/api/v2/meta/bases/${id}/sources`, {
        body: {
          alias: title,
          type: connection.client,
          config: configOf(connection, schema),
          is_data_readonly: connection.readOnly,
          ...(tables !== undefined && { tables }),
        },
      });
      await finishJob(job);
    } catch (error) {
      if (baseId === undefined) await request('DELETE', `/api/v2/meta/bases/${id}`);
      throw error;
    }
    await client.invalidateQueries({ queryKey: keys.bases });
    await client.invalidateQueries({ queryKey: keys.tables(id) });
    await client.invalidateQueries({ queryKey: keys.sources(id) });
    return id;
  },
  async findChanges(baseId: string, sourceId: string): Promise<readonly TableChanges[]> {
    const path = `/api/v2/meta/bases/${baseId}/meta-diff/${sourceId}`;
    const { id } = await request<{ id: string }>('GET', path);
    return ((await finishJob(id)) as { diff: readonly TableChanges[] }).diff;
  },
  async applyChanges(baseId: string, sourceId: string): Promise<void> {
    const path = `/api/v2/meta/bases/${baseId}/meta-diff/${sourceId}`;
    const { id } = await request<{ id: string }>('POST', path);
    await finishJob(id);
    await client.invalidateQueries({ queryKey: keys.tables(baseId) });
    await client.invalidateQueries({ queryKey: ['table'] });
  },
  async changeSource(baseId: string, sourceId: string, change: Record<string, unknown>): Promise<void> {
    await request('PATCH', `/api/v2/meta/bases/${baseId}/sources/${sourceId}`, { body: change });
    await client.invalidateQueries({ queryKey: keys.sources(baseId) });
    await client.invalidateQueries({ queryKey: ['table'] });
  },
  async removeSource(baseId: string, sourceId: string): Promise<void> {
    await request('DELETE', `/api/v2/meta/bases/${baseId}/sources/${sourceId}`);
    await client.invalidateQueries({ queryKey: keys.sources(baseId) });
    await client.invalidateQueries({ queryKey: keys.tables(baseId) });
  },
});

/** What one does with the sources of a base. */
export function useSourceActions() {
  const client = useQueryClient();
  return useMemo(() => actions(client), [client]);
}
