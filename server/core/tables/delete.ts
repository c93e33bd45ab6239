import { changeTable } from '../bases/change.ts';
import type { Core } from '../context.ts';
import type { Base, Caller, Table } from '../model.ts';
import type { Transaction } from '../ports.ts';
import { requireOwnSchema } from '../sources/guards.ts';

/** Deletes a table with its records; foreign keys that pointed at it are forgotten. */
export async function deleteTable(
  core: Core,
  caller: Caller,
  table: Pick<Table, 'id' | 'baseId'>,
): Promise<void> {
  await changeTable(core, caller, table, async ({ tx, base, table: current, audit }) => {
    requireOwnSchema(current);
    await forgetReferences(tx, base, (reference) => reference.tableId === current.id);
    await tx.schema.dropTable(current.name);
    await tx.bases.deleteTable(current.id);
    await audit('table.delete', {
      tableId: current.id,
      target: current.id,
      details: { title: current.title },
    });
  });
}

/** Clears the references that a removed table or column leaves dangling. */
export async function forgetReferences(
  tx: Transaction,
  base: Base,
  gone: (reference: { readonly tableId: string; readonly columnId: string }) => boolean,
): Promise<void> {
  for (const table of base.tables) {
    for (const column of table.columns) {
      if (column.references !== null && gone(column.references)) {
        await tx.bases.updateColumn(column.id, { references: null });
      }
    }
  }
}
