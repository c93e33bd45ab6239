import { request } from '../api/client.ts';
import type { Sort } from '../api/viewShapes.ts';
import { viewKeys } from '../api/views.ts';
import { useViewChange } from './useViewChange.ts';

type SortPatch = Partial<Pick<Sort, 'fk_column_id' | 'direction' | 'order'>>;

/** Changes of a view's sorts. */
export function useSortChanges(viewId: string | undefined) {
  const { change } = useViewChange(viewId);
  const queryKey = viewKeys.sorts(viewId ?? '');
  const patch = (id: string, body: SortPatch): Promise<void> =>
    change<Sort[]>({
      queryKey,
      update: (before) =>
        before
          .map((sort) => (sort.id === id ? { ...sort, ...body } : sort))
          .toSorted((a, b) => a.order - b.order),
      send: () => request('PATCH', `/api/v2/meta/sorts/${id}`, { body }),
    });
  return {
    patch,
    add: (columnId: string, direction: Sort['direction']): Promise<void> =>
      change<Sort[]>({
        queryKey,
        send: () =>
          request('POST', `/api/v2/meta/views/${viewId}/sorts`, {
            body: { fk_column_id: columnId, direction },
          }),
      }),
    remove: (id: string): Promise<void> =>
      change<Sort[]>({
        queryKey,
        update: (before) => before.filter((sort) => sort.id !== id),
        send: () => request('DELETE', `/api/v2/meta/sorts/${id}`),
      }),
    /** The two change places. */
    swap: async (sort: Sort, other: Sort): Promise<void> => {
      await Promise.all([patch(sort.id, { order: other.order }), patch(other.id, { order: sort.order })]);
    },
  };
}
