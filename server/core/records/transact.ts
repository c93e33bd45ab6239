import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import { type RecordChange, recordsChanged } from '../events/change.ts';
import type { Caller, Table } from '../model.ts';
import type { Transaction } from '../ports.ts';
import { keyText } from './key.ts';

/**
 * A transaction on the records of a table. It may have waited for others: when
 * one of them changed the table, the values were validated for a schema that is
 * gone. Throws OUT_OF_SYNC then, and nothing was written. After the commit
 * those who listen to the base are told what `describe` says; undefined: nothing changed.
 */
export async function writeRecords<T>(
  core: Core,
  caller: Caller,
  table: Table,
  work: (tx: Transaction) => Promise<T>,
  describe: (result: T) => RecordChange | undefined,
): Promise<T> {
  const result = await core.transaction(async (tx) => {
    const current = await core.snapshot.findTable(table.id);
    if (current?.table.schemaHash !== table.schemaHash) {
      throw new AppError(
        'OUT_OF_SYNC',
        `Table '${table.title}' was changed while this request waited; nothing was written. Send it again.`,
      );
    }
    return work(tx);
  }, 'records');
  const change = describe(result);
  if (change !== undefined) core.events.publish(table.baseId, recordsChanged(caller, table.id, change));
  return result;
}

/** The records of a write by what names them, as ids of a path. */
export function changed(
  kind: RecordChange['kind'],
  keys: readonly (readonly unknown[])[],
): RecordChange | undefined {
  return keys.length === 0 ? undefined : { kind, keys: keys.map(keyText) };
}
