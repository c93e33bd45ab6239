import { changeColumn, type TableChange } from '../bases/change.ts';
import type { Core } from '../context.ts';
import type { Caller, Column, Table } from '../model.ts';

/** Makes a column the one that stands for its record. */
export async function setDisplayColumn(
  core: Core,
  caller: Caller,
  table: Table,
  columnId: string,
): Promise<void> {
  await changeColumn(core, caller, table, columnId, async (change) => {
    await moveDisplay(change, change.column);
    await change.audit('column.setDisplay', { tableId: table.id, target: columnId });
  });
}

/** The same inside a change that is already under way. */
export async function moveDisplay(
  { tx, table, now }: TableChange,
  column: Pick<Column, 'id'>,
): Promise<void> {
  for (const other of table.columns) {
    if (other.display && other.id !== column.id) await tx.bases.updateColumn(other.id, { display: false });
  }
  await tx.bases.updateColumn(column.id, { display: true });
  await tx.bases.updateTable(table.id, { updatedAt: now });
}
