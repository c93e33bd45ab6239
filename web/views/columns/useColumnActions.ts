import { request } from '../../api/client.ts';
import { finishJob } from '../../api/jobs.ts';
import type { Column, Table } from '../../api/shapes.ts';
import type { ViewColumn } from '../../api/viewShapes.ts';
import { useRefreshTable } from '../useRefreshTable.ts';

const column = (id: string): string => `/api/v2/meta/columns/${id}`;

/** The place between two numbers of which either may be missing. */
function between(before: number | undefined, after: number | undefined): number | undefined {
  if (before === undefined) return after === undefined ? undefined : after - 1;
  return after === undefined ? before + 1 : (before + after) / 2;
}

/** What can be done with the fields of a table. Everything throws what the server refused. */
export function useColumnActions(table: Pick<Table, 'id' | 'base_id' | 'columns'>) {
  const refresh = useRefreshTable(table.id);

  /** Puts a column that was just made beside another in a view. */
  async function place(viewId: string, made: string, beside: string, side: 'left' | 'right') {
    const rows = await request<{ list: ViewColumn[] }>('GET', `/api/v2/meta/views/${viewId}/columns`);
    const list = rows.list.toSorted((a, b) => a.order - b.order).filter((row) => row.fk_column_id !== made);
    const at = list.findIndex((row) => row.fk_column_id === beside);
    const [left, right] = side === 'left' ? [at - 1, at] : [at, at + 1];
    const order = at < 0 ? undefined : between(list[left]?.order, list[right]?.order);
    const row = rows.list.find((each) => each.fk_column_id === made);
    if (order === undefined || row === undefined) return;
    await request('PATCH', `/api/v2/meta/views/${viewId}/columns/${row.id}`, { body: { order } });
  }

  /** @param beside where the field goes in a view; the end without it */
  async function add(
    body: Record<string, unknown>,
    beside?: { viewId: string; columnId: string; side: 'left' | 'right' },
  ): Promise<void> {
    const known = new Set(table.columns.map((each) => each.id));
    const next = await request<Table>('POST', `/api/v2/meta/tables/${table.id}/columns`, { body });
    const made = next.columns.find((each) => !known.has(each.id) && each.title === body.title);
    if (beside !== undefined && made !== undefined)
      await place(beside.viewId, made.id, beside.columnId, beside.side);
    await refresh(next);
  }

  return {
    add,
    change: async (id: string, body: Record<string, unknown>): Promise<void> =>
      refresh(await request<Table>('PATCH', column(id), { body })),
    remove: async (id: string): Promise<void> => refresh(await request<Table>('DELETE', column(id))),
    /** Copies the values, too: a job of the server, which this waits for. */
    duplicate: async (id: string): Promise<void> => {
      const path = `/api/v2/meta/duplicate/${table.base_id}/column/${id}`;
      await finishJob((await request<{ id: string }>('POST', path, { body: {} })).id);
      await refresh();
    },
    setDisplay: async (each: Column): Promise<void> => {
      await request('POST', `${column(each.id)}/primary`);
      await refresh();
    },
  };
}
