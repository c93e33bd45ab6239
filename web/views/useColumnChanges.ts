import { request } from '../api/client.ts';
import type { ViewColumn } from '../api/viewShapes.ts';
import { viewKeys } from '../api/views.ts';
import { useViewChange } from './useViewChange.ts';

export type ViewColumnPatch = Partial<
  Pick<
    ViewColumn,
    'show' | 'order' | 'width' | 'aggregation' | 'group_by' | 'group_by_order' | 'group_by_sort'
  >
>;

/** Changes of how a view shows columns. */
export function useColumnChanges(viewId: string | undefined) {
  const { change } = useViewChange(viewId);
  const queryKey = viewKeys.columns(viewId ?? '');
  return {
    patch: (viewColumnId: string, body: ViewColumnPatch): Promise<void> =>
      change<ViewColumn[]>({
        queryKey,
        update: (before) =>
          before
            .map((row) => (row.id === viewColumnId ? { ...row, ...body } : row))
            .toSorted((a, b) => a.order - b.order),
        send: () => request('PATCH', `/api/v2/meta/views/${viewId}/columns/${viewColumnId}`, { body }),
      }),
    showAll: (show: boolean): Promise<void> =>
      change<ViewColumn[]>({
        queryKey,
        send: () => request('POST', `/api/v2/meta/views/${viewId}/${show ? 'show-all' : 'hide-all'}`),
      }),
  };
}
