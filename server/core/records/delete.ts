import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Caller, Table } from '../model.ts';
import { tableRef } from '../query/plan.ts';
import { type Identified, identifyRow, refuseRepeated, requireAll } from './identify.ts';
import { checkPayload } from './insert.ts';
import { parseKey, requireKey } from './key.ts';
import { refuseMissing } from './refusals.ts';
import { changed, type RecordsTransaction, writeRecords } from './transact.ts';

export interface DeleteInput {
  /** Untrusted: objects holding the key, or plain ids. */
  readonly records: readonly unknown[];
  readonly single: boolean;
  readonly missing: 'refuse' | 'skip';
}

function identify(table: Table, given: unknown, place: number | undefined): Identified {
  requireKey(table);
  const [first] = table.key;
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
    const identified = identifyRow(table, given as Record<string, unknown>);
    if (identified !== undefined) return identified;
  } else if (typeof given === 'string' || typeof given === 'number') {
    const key = parseKey(table, given);
    return { key, sent: table.key.length === 1 ? [given] : key };
  }
  if (first === undefined) throw new AppError('UNPROCESSABLE', 'Primary key is required');
  throw refuseMissing(first, place);
}

/**
 * Deletes all records or none. Returns who was named and which of them existed.
 * Throws REQUIRED_FIELD_MISSING for one without key, UNPROCESSABLE for one
 * named twice, RECORD_NOT_FOUND unless `missing` is 'skip'.
 */
export async function deleteRecords(
  core: Core,
  caller: Caller,
  table: Table,
  input: DeleteInput,
): Promise<{ records: Identified[]; found: boolean[] }> {
  checkPayload(core, input.records.length);
  const records = input.records.map((given, i) => identify(table, given, input.single ? undefined : i));
  refuseRepeated(records);
  if (records.length === 0) return { records, found: [] };
  const write = async (tx: RecordsTransaction): Promise<boolean[]> => {
    const results = await tx.records.delete(
      tableRef(table),
      records.map((record) => record.key),
    );
    if (input.missing === 'refuse') requireAll(records, results);
    return results;
  };
  const found = await writeRecords(core, caller, table, write, (results) =>
    changed(
      'delete',
      records.filter((_, i) => results[i] === true).map((record) => record.key),
    ),
  );
  return { records, found };
}

/** Deletes the record a path names. Throws INVALID_PK_VALUE, RECORD_NOT_FOUND. */
export async function deleteRecord(core: Core, caller: Caller, table: Table, id: string): Promise<void> {
  const record = { key: parseKey(table, id), sent: [id] };
  const write = async (tx: RecordsTransaction): Promise<void> =>
    requireAll([record], await tx.records.delete(tableRef(table), [record.key]));
  await writeRecords(core, caller, table, write, () => changed('delete', [record.key]));
}
