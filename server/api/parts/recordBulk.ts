import { AppError } from '../../core/errors.ts';
import type { View } from '../../core/model.ts';
import { bulkDeleteWhere, bulkUpdateWhere } from '../../core/records/bulkWhere.ts';
import { deleteRecord, deleteRecords } from '../../core/records/delete.ts';
import { keyObject } from '../../core/records/identify.ts';
import { insertRecords, type WriteInput } from '../../core/records/insert.ts';
import { joinKeyParts, type Key, parseKeyPart } from '../../core/records/key.ts';
import { compileFullRecord, readRecord, readRecords } from '../../core/records/read.ts';
import { updateRecord, updateRecords } from '../../core/records/update.ts';
import { upsertRecords } from '../../core/records/upsert.ts';
import { type Call, Json } from '../route.ts';
import { parseFilterArray, parseJsonArray } from './filterArray.ts';
import { type Query, readAll, readSelection } from './listQuery.ts';
import { readUnknownFields, writeInput } from './recordWrites.ts';

/** Writes that answer whole records, and writes of everything that a filter keeps. */

// biome-ignore lint/suspicious/noExplicitAny: record bodies are checked value by value
type AnyCall = Call<any>;

/** The records as they are now, in the order of the keys. */
async function answerRecords(call: AnyCall, keys: readonly Key[]): Promise<Json> {
  return new Json(await readRecords(call.core, compileFullRecord(call.core, call.target.table), keys));
}

const canonicalKey = (call: AnyCall, raw: readonly unknown[]): Key =>
  call.target.table.key.map((column, i) => parseKeyPart(column, raw[i]));

/** Inserts one record and answers it whole. Throws BAD_REQUEST for a list. */
export async function answerInsertOne(call: AnyCall): Promise<Json> {
  const input = writeInput(call);
  if (!input.single) {
    throw new AppError(
      'BAD_REQUEST',
      'This address inserts one record, sent as an object. To insert a list, POST it to /api/v1/db/data/bulk/:orgs/:base/:table',
    );
  }
  const { core, caller, target } = call;
  const [raw] = await insertRecords(core, caller, target, input);
  const bytes = await readRecords(
    core,
    compileFullRecord(core, target.table),
    raw ? [canonicalKey(call, raw)] : [],
  );
  return new Json(bytes.subarray(1, -1));
}

/** Changes the record of the path and answers it whole. */
export async function answerUpdateOne(call: AnyCall): Promise<Json> {
  const { core, caller, target, params } = call;
  const id = params.rowId ?? '';
  await updateRecord(core, caller, target, id, call.body, readUnknownFields(call.query));
  return new Json(await readRecord(core, target.table, compileFullRecord(core, target.table), id));
}

export async function answerDeleteOne(call: AnyCall): Promise<number> {
  await deleteRecord(call.core, call.caller, call.target.table, call.params.rowId ?? '');
  return 1;
}

/** Throws BAD_REQUEST for anything but a list. */
function requireList(call: AnyCall): WriteInput {
  const input = writeInput(call);
  if (input.single)
    throw new AppError('BAD_REQUEST', 'A bulk request takes a list of records: send a JSON array');
  return input;
}

export async function answerBulkInsert(call: AnyCall): Promise<Record<string, unknown>[]> {
  const keys = await insertRecords(call.core, call.caller, call.target, requireList(call));
  return keys.map((key) => keyObject(call.target.table, key));
}

/** Answers the changed records; those that do not exist are left out. */
export async function answerBulkUpdate(call: AnyCall): Promise<Json> {
  const input = requireList(call);
  const { records, found } = await updateRecords(call.core, call.caller, call.target, {
    ...input,
    missing: 'skip',
  });
  return answerRecords(
    call,
    records.filter((_, i) => found[i] === true).map((record) => record.key),
  );
}

/** Answers `[{id}]` of the deleted records; those that do not exist are left out. */
export async function answerBulkDelete(call: AnyCall): Promise<{ id: unknown }[]> {
  const { rows } = requireList(call);
  const input = { records: rows, single: false, missing: 'skip' } as const;
  const { records, found } = await deleteRecords(call.core, call.caller, call.target.table, input);
  return records
    .filter((_, i) => found[i] === true)
    .map(({ sent }) => ({ id: sent.length === 1 ? sent[0] : joinKeyParts(sent) }));
}

export async function answerUpsert(call: AnyCall): Promise<Json> {
  const keys = await upsertRecords(call.core, call.caller, call.target, requireList(call));
  return answerRecords(call, keys);
}

/**
 * A filter that cannot be read is ignored where it only shows too much; here it
 * would change every record. Throws UNPROCESSABLE.
 */
function requireReadable(query: Query): void {
  for (const text of readAll(query, 'filterArrJson')) {
    const rows = text.trim() === '' ? [] : parseJsonArray(text);
    if (rows?.length === 0 || parseFilterArray(text) !== undefined) continue;
    throw new AppError(
      'UNPROCESSABLE',
      'filterArrJson holds no filter that can be read, and without one every record would be changed. Send a JSON array of {fk_column_id, comparison_op, value}.',
    );
  }
}

const selectionOf = (call: AnyCall, view: View | undefined) => ({
  ...readSelection(call.query),
  ...(view === undefined ? {} : { viewId: view.id }),
});

export const answerUpdateAll = (call: AnyCall, view?: View): Promise<number> => {
  requireReadable(call.query);
  return bulkUpdateWhere(
    call.core,
    call.caller,
    call.target,
    selectionOf(call, view),
    call.body,
    readUnknownFields(call.query),
  );
};

export async function answerDeleteAll(call: AnyCall, view?: View): Promise<Json> {
  requireReadable(call.query);
  return new Json(await bulkDeleteWhere(call.core, call.caller, call.target.table, selectionOf(call, view)));
}
