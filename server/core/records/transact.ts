import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import { type RecordChange, recordsChanged } from '../events/change.ts';
import type { Caller, Table } from '../model.ts';
import type { Transaction } from '../ports.ts';
import { requireWritable } from '../sources/guards.ts';
import { keyText } from './key.ts';

/** What a write of records may use: they may rest in a database that is not ours. */
export type RecordsTransaction = Pick<Transaction, 'records'>;

/** One transaction of the database that holds the table; ours keeps nothing waiting for another one. */
export function runWhereHeld<T>(
  core: Core,
  { source }: Table,
  work: (tx: RecordsTransaction) => Promise<T>,
): Promise<T> {
  return source === undefined
    ? core.transaction(work, 'records')
    : core.sources.transaction(source.id, (records) => work({ records }));
}

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
  work: (tx: RecordsTransaction) => Promise<T>,
  describe: (result: T) => RecordChange | undefined,
): Promise<T> {
  requireWritable(table);
  const result = await runWhereHeld(core, table, async (tx) => {
    const current = await core.snapshot.findTable(table.id);
    if (current?.table.schemaHash !== table.schemaHash) {
      throw new AppError(
        'OUT_OF_SYNC',
        `Table '${table.title}' was changed while this request waited; nothing was written. Send it again.`,
      );
    }
    return work(tx);
  });
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
