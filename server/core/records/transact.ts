import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Table } from '../model.ts';
import type { Transaction } from '../ports.ts';

/**
 * A transaction on the records of a table. It may have waited for others: when
 * one of them changed the table, the values were validated for a schema that is
 * gone. Throws OUT_OF_SYNC then, and nothing was written.
 */
export function writeRecords<T>(core: Core, table: Table, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return core.transaction(async (tx) => {
    const current = await core.snapshot.findTable(table.id);
    if (current?.table.schemaHash !== table.schemaHash) {
      throw new AppError(
        'OUT_OF_SYNC',
        `Table '${table.title}' was changed while this request waited; nothing was written. Send it again.`,
      );
    }
    return work(tx);
  });
}
