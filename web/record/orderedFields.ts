import type { Column, Table } from '../api/shapes.ts';
import type { ViewState } from '../views/useView.ts';

/** Columns of the table in the order of the view: those it shows first, system columns but the times left out. */
export function orderedFields(table: Table, state: ViewState): Column[] {
  const times = new Set(['CreatedTime', 'LastModifiedTime']);
  const shown = state.columns.map(({ column }) => column);
  const rest = state.allColumns.map(({ column }) => column);
  const all = new Set([...shown, ...rest, ...table.columns]);
  return [...all].filter(
    (column) => shown.includes(column) || !column.system || times.has(column.uidt) || column.pk,
  );
}
