import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { keys } from '../api/queries.ts';
import { type LiveChange, useLive } from '../api/useLive.ts';
import { refreshTable } from '../api/views.ts';

/** Changes that come faster are shown together. */
const pause = 250;

const ofRows = new Set<LiveChange['kind']>(['insert', 'update', 'delete', 'bulk']);

/** Shows what others change in a table: its rows, its fields, its views. */
export function useLiveTable(baseId: string, tableId: string): void {
  const client = useQueryClient();
  const waiting = useRef<{ rows: boolean; schema: boolean; timer?: number }>({ rows: false, schema: false });
  const show = useCallback(() => {
    const { rows, schema } = waiting.current;
    waiting.current = { rows: false, schema: false };
    if (schema) {
      void refreshTable(client, { id: tableId });
      void client.invalidateQueries({ queryKey: keys.tables(baseId) });
    } else if (rows) void client.invalidateQueries({ queryKey: keys.records(tableId) });
  }, [client, baseId, tableId]);
  useEffect(() => () => window.clearTimeout(waiting.current.timer), []);
  useLive(baseId, (change) => {
    if (change.table_id !== null && change.table_id !== tableId) return;
    if (change.kind === 'members') {
      void client.invalidateQueries({ queryKey: ['people', baseId] });
      void client.invalidateQueries({ queryKey: ['me'] });
      return;
    }
    if (ofRows.has(change.kind)) waiting.current.rows = true;
    else waiting.current.schema = true;
    waiting.current.timer ??= window.setTimeout(show, pause);
  });
}
