import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { request } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import type { Table, View } from '../api/shapes.ts';
import { viewKeys } from '../api/views.ts';
import { linesOf, type RowHeight } from './rowHeight.ts';
import { useViewChange } from './useViewChange.ts';

export type ViewPatch = Partial<Pick<View, 'title' | 'order' | 'lock_type' | 'show_system_fields' | 'meta'>>;

/** A title that no view of the table has yet: the wanted one, or the next with a number. */
export function freeTitle(views: readonly Pick<View, 'title'>[], wanted: string): string {
  const taken = new Set(views.map((view) => view.title.toLowerCase()));
  if (!taken.has(wanted.toLowerCase())) return wanted;
  for (let n = 2; ; n += 1) if (!taken.has(`${wanted} ${n}`.toLowerCase())) return `${wanted} ${n}`;
}

export const viewAddress = (table: Pick<Table, 'id' | 'base_id'>, viewId: string): string =>
  `/base/${table.base_id}/table/${table.id}/${viewId}`;

/** What can be done with the views of a table. Creating and deleting throw what the server refused. */
export function useViewActions(table: Table | undefined) {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const queryKey = keys.table(table?.id ?? '');
  const { change } = useViewChange(`of ${table?.id ?? ''}`);

  const patched = (view: View, next: (old: View) => View) => (before: Table) => ({
    ...before,
    views: before.views.map((each) => (each.id === view.id ? next(each) : each)),
  });

  async function create(body: { title: string; copy_from_id?: string; lock_type?: View['lock_type'] }) {
    if (table === undefined) return;
    const made = await request<View>('POST', `/api/v2/meta/tables/${table.id}/grids`, { body });
    await client.invalidateQueries({ queryKey });
    navigate(viewAddress(table, made.id));
  }

  async function remove(view: View): Promise<void> {
    if (table === undefined) return;
    await request('DELETE', `/api/v2/meta/views/${view.id}`);
    await client.invalidateQueries({ queryKey });
    client.removeQueries({ queryKey: viewKeys.columns(view.id) });
  }

  /** Shown at once; a refusal is told and taken back. */
  const patch = (view: View, body: ViewPatch): Promise<void> =>
    change<Table>({
      queryKey,
      update: patched(view, (old) => ({ ...old, ...body })),
      send: async () => {
        await request('PATCH', `/api/v2/meta/views/${view.id}`, { body });
        // which fields are shown hangs on it, too
        if (body.show_system_fields !== undefined)
          await client.invalidateQueries({ queryKey: viewKeys.columns(view.id) });
      },
    });

  /** How many of the first columns stay while the others scroll. */
  const freeze = (view: View, frozen: number): Promise<void> =>
    change<Table>({
      queryKey,
      update: patched(view, (old) => ({ ...old, meta: { ...old.meta, frozen } })),
      send: () => request('PATCH', `/api/v2/meta/grids/${view.id}`, { body: { meta: { frozen } } }),
    });

  const setRowHeight = (view: View, height: RowHeight): Promise<void> => {
    const body = { row_height: linesOf[height] };
    return change<Table>({
      queryKey,
      update: patched(view, (old) => ({ ...old, view: { ...old.view, ...body } })),
      send: () => request('PATCH', `/api/v2/meta/grids/${view.id}`, { body }),
    });
  };

  return { create, remove, patch, freeze, setRowHeight };
}
