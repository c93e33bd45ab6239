import { useQuery } from '@tanstack/react-query';
import { request } from './client.ts';
import { useSession } from './session.ts';
import type { Base, Me, Table, TableSummary } from './shapes.ts';

/** Keys of cached answers: invalidate by these after a change. */
export const keys = {
  me: (baseId?: string) => ['me', baseId ?? null] as const,
  bases: ['bases'] as const,
  tables: (baseId: string) => ['tables', baseId] as const,
  table: (tableId: string) => ['table', tableId] as const,
  members: (baseId: string) => ['members', baseId] as const,
  baseTokens: (baseId: string) => ['baseTokens', baseId] as const,
  sources: (baseId: string) => ['sources', baseId] as const,
  tokens: ['tokens'] as const,
  sessions: ['sessions'] as const,
  users: ['users'] as const,
  settings: ['settings'] as const,
  /** Rows of a table: a prefix of everything read from it. */
  records: (tableId: string) => ['records', tableId] as const,
};

const byOrder = (a: { order: number | null }, b: { order: number | null }): number =>
  (a.order ?? 0) - (b.order ?? 0);

/** Who is signed in; with a base also the role there. */
export function useMe(baseId?: string) {
  const signedIn = useSession((session) => session.status === 'signedIn');
  return useQuery({
    queryKey: keys.me(baseId),
    queryFn: () => request<Me>('GET', '/api/v2/auth/user/me', { query: { base_id: baseId } }),
    enabled: signedIn,
    staleTime: 60_000,
  });
}

export function useBases() {
  return useQuery({
    queryKey: keys.bases,
    queryFn: async () =>
      (await request<{ list: Base[] }>('GET', '/api/v2/meta/bases/')).list.toSorted(byOrder),
  });
}

/** How the tables of a base are asked for, also for several bases at once. */
export const tablesQuery = (baseId: string) => ({
  queryKey: keys.tables(baseId),
  queryFn: async () =>
    (await request<{ list: TableSummary[] }>('GET', `/api/v2/meta/bases/${baseId}/tables`)).list.toSorted(
      byOrder,
    ),
});

export const useTables = (baseId: string) => useQuery(tablesQuery(baseId));

export function useTable(tableId: string) {
  return useQuery({
    queryKey: keys.table(tableId),
    queryFn: () => request<Table>('GET', `/api/v2/meta/tables/${tableId}`),
  });
}

const strength = ['viewer', 'commenter', 'editor', 'creator', 'owner'];

/** Whether the signed-in user has at least this role in the base; false while unknown. */
export function useMayInBase(
  baseId: string | undefined,
  role: 'viewer' | 'commenter' | 'editor' | 'creator' | 'owner',
): boolean {
  const me = useMe(baseId);
  const roles = Object.keys(me.data?.base_roles ?? {});
  const isSuper = me.data?.roles.super === true;
  return isSuper || roles.some((word) => strength.indexOf(word) >= strength.indexOf(role));
}
