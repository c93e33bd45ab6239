import { changeColumn } from '../bases/change.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Caller, Column, Table } from '../model.ts';
import { requireOwnSchema } from '../sources/guards.ts';
import { forgetReferences } from '../tables/delete.ts';
import { requireTable } from '../tables/require.ts';
import { chooseDisplay } from './display.ts';

/**
 * Deletes a column with its values. Automatic and key columns stay; when the
 * display column goes, the next best takes its place. Answers the table.
 */
export async function deleteColumn(
  core: Core,
  caller: Caller,
  table: Table,
  columnId: string,
): Promise<Table> {
  await changeColumn(
    core,
    caller,
    table,
    columnId,
    async ({ tx, base, table: current, column, now, audit }) => {
      requireOwnSchema(current);
      requireDeletable(column);
      if (column.unique) await tx.schema.dropIndex(current.name, [column.name], true);
      await tx.schema.dropColumn(current.name, column.name);
      await forgetReferences(tx, base, (reference) => reference.columnId === column.id);
      await tx.bases.deleteColumn(column.id);
      if (column.display) {
        const next = chooseDisplay(current.columns.filter((other) => other.id !== column.id));
        if (next !== undefined) await tx.bases.updateColumn(next.id, { display: true });
      }
      await tx.bases.updateTable(current.id, { updatedAt: now });
      await audit('column.delete', {
        tableId: current.id,
        target: column.id,
        details: { title: column.title },
      });
    },
  );
  return requireTable(core, table.id);
}

function requireDeletable(column: Column): void {
  if (column.system || (column.key && column.type.filledBy === 'key')) {
    throw new AppError(
      'BAD_REQUEST',
      `The column '${column.title}' is a system column and cannot be deleted.`,
    );
  }
  if (column.key) {
    throw new AppError(
      'BAD_REQUEST',
      `The column '${column.title}' is part of the primary key and cannot be deleted.`,
    );
  }
}
