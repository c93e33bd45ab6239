import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Caller, Table } from '../model.ts';
import { requireTable } from '../tables/require.ts';
import { addColumn } from './add.ts';
import { deleteColumn } from './delete.ts';
import type { ColumnInput } from './draft.ts';
import { type ColumnChanges, updateColumn } from './update.ts';

export type ColumnOperation =
  | { readonly op: 'add'; readonly column: ColumnInput }
  | { readonly op: 'update'; readonly columnId: string; readonly column: ColumnChanges }
  | { readonly op: 'delete'; readonly columnId: string };

/** Which operation of the list failed, and why. */
export interface FailedOperation {
  readonly index: number;
  readonly error: AppError;
}

/**
 * Applies a list of changes, each all or nothing, the good ones although others
 * fail. `hash` is the schema the caller saw. Throws OUT_OF_SYNC when the table
 * has changed since.
 */
export async function changeColumns(
  core: Core,
  caller: Caller,
  table: Table,
  hash: string,
  operations: readonly ColumnOperation[],
): Promise<FailedOperation[]> {
  const current = await requireTable(core, table.id);
  if (current.schemaHash !== hash) {
    throw new AppError(
      'OUT_OF_SYNC',
      'Columns are updated by someone else! Your changes are rejected. Please refresh the page and try again.',
    );
  }
  const failed: FailedOperation[] = [];
  for (const [index, operation] of operations.entries()) {
    try {
      await applyOperation(core, caller, current, operation);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failed.push({ index, error });
    }
  }
  return failed;
}

function applyOperation(
  core: Core,
  caller: Caller,
  table: Table,
  operation: ColumnOperation,
): Promise<Table> {
  if (operation.op === 'add') return addColumn(core, caller, table, operation.column);
  if (operation.op === 'delete') return deleteColumn(core, caller, table, operation.columnId);
  return updateColumn(core, caller, table, operation.columnId, operation.column);
}
