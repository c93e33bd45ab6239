import type { ParseContext } from '../../../columnTypes/columnType.ts';
import type { Value } from '../../../columnTypes/query.ts';
import type { Core } from '../context.ts';
import type { Caller, Column, Table } from '../model.ts';
import type { RecordWriter } from '../ports.ts';
import { columnRef, tableRef } from '../query/plan.ts';
import { parseValue, requireRow, type UnknownFields, walkRow, writeShape } from './fields.ts';
import { updateFill } from './fill.ts';
import { type Identified, identifyRow, refuseRepeated, requireAll } from './identify.ts';
import { checkPayload, contextFor, type WriteInput, type WriteTarget } from './insert.ts';
import { parseKey } from './key.ts';
import { type Place, refuseKeyless, refuseMissing } from './refusals.ts';
import { changed, type RecordsTransaction, writeRecords } from './transact.ts';
import { nameViolations } from './violations.ts';

/** A change of one record: values by position of the table's columns. */
export interface Change extends Identified {
  readonly values: ReadonlyMap<number, Value>;
}

export interface UpdateInput extends WriteInput {
  /** What to do about records that do not exist: refuse everything, or leave them out. */
  readonly missing: 'refuse' | 'skip';
}

/** The caller's values of a change, validated. Key fields in the row are identity and are never changed. */
export function decodeValues(
  table: Table,
  row: Record<string, unknown>,
  unknownFields: UnknownFields,
  context: ParseContext,
  place: Place,
): Map<number, Value> {
  const values = new Map<number, Value>();
  walkRow(table, row, place, unknownFields, (target, given) => {
    if (target.kind === 'key' || given === undefined) return;
    const value = parseValue(target.column, given, context, place);
    if (value === null && target.column.required) throw refuseMissing(target.column, place);
    values.set(target.position, value);
  });
  return values;
}

/** Validates every change before anything is written. */
export function decodeChanges(
  table: Table,
  inputs: readonly { readonly row: unknown; readonly place: Place }[],
  unknownFields: UnknownFields,
  context: ParseContext,
): Change[] {
  const changes = inputs.map(({ row: input, place }) => {
    const row = requireRow(input, place);
    const identified = identifyRow(table, row);
    if (identified === undefined) throw refuseKeyless(place);
    return { ...identified, values: decodeValues(table, row, unknownFields, context, place) };
  });
  refuseRepeated(changes);
  return changes;
}

interface Batch {
  readonly positions: readonly number[];
  readonly members: number[]; // indexes of changes
}

/** Changes that set the same columns share a statement. */
function batchChanges(changes: readonly Change[]): Batch[] {
  const batches = new Map<string, Batch>();
  for (const [i, change] of changes.entries()) {
    const positions = [...change.values.keys()].sort((a, b) => a - b);
    const signature = positions.join(',');
    const batch = batches.get(signature);
    if (batch === undefined) batches.set(signature, { positions, members: [i] });
    else batch.members.push(i);
  }
  return [...batches.values()];
}

/** Writes validated changes; part of a transaction. Tells for each whether its record exists. */
export async function writeChanges(
  core: Core,
  caller: Caller,
  table: Table,
  writer: RecordWriter,
  changes: readonly Change[],
): Promise<boolean[]> {
  const found: boolean[] = new Array(changes.length).fill(false);
  const fill = updateFill(core, caller, writeShape(table).filled);
  for (const { positions, members } of batchChanges(changes)) {
    const rows = members.flatMap((i) => changes[i] ?? []);
    const results = await writeBatch(table, writer, positions, rows, fill);
    for (const [n, i] of members.entries()) found[i] = results[n] === true;
  }
  return found;
}

async function writeBatch(
  table: Table,
  writer: RecordWriter,
  positions: readonly number[],
  changes: readonly Change[],
  fill: readonly { column: Column; value: Value }[],
): Promise<boolean[]> {
  if (positions.length === 0)
    return writer.exist(
      tableRef(table),
      changes.map((change) => change.key),
    );
  const columns = [
    ...positions.flatMap((position) => table.columns[position] ?? []),
    ...fill.map((f) => f.column),
  ];
  const rows = changes.map((change) => ({
    key: change.key,
    values: [
      ...positions.map((position) => change.values.get(position) ?? null),
      ...fill.map((f) => f.value),
    ],
  }));
  return nameViolations(table, async () => writer.update(tableRef(table), columns.map(columnRef), rows));
}

/**
 * Changes all records or none. Returns who was named and which of them exist.
 * Throws RECORD_NOT_FOUND unless `missing` is 'skip'.
 */
export async function updateRecords(
  core: Core,
  caller: Caller,
  target: WriteTarget,
  input: UpdateInput,
): Promise<{ records: Identified[]; found: boolean[] }> {
  checkPayload(core, input.rows.length);
  if (input.rows.length === 0) return { records: [], found: [] };
  const context = await contextFor(core, target, input.rows);
  const inputs = input.rows.map((row, i) => ({ row, place: input.single ? undefined : i }));
  const changes = decodeChanges(target.table, inputs, input.unknownFields, context);
  const write = async (tx: RecordsTransaction): Promise<boolean[]> => {
    const results = await writeChanges(core, caller, target.table, tx.records, changes);
    if (input.missing === 'refuse') requireAll(changes, results);
    return results;
  };
  const found = await writeRecords(core, caller, target.table, write, (results) =>
    changed(
      'update',
      changes.filter((_, i) => results[i] === true).map((change) => change.key),
    ),
  );
  return { records: changes, found };
}

/** Changes the record a path names; a key inside the body plays no part. Throws RECORD_NOT_FOUND. */
export async function updateRecord(
  core: Core,
  caller: Caller,
  target: WriteTarget,
  id: string,
  body: unknown,
  unknownFields: UnknownFields,
): Promise<void> {
  const { table } = target;
  const key = parseKey(table, id);
  const context = await contextFor(core, target, [body]);
  const values = decodeValues(table, requireRow(body, undefined), unknownFields, context, undefined);
  const change = { key, sent: [id], values };
  const write = async (tx: RecordsTransaction): Promise<void> =>
    requireAll([change], await writeChanges(core, caller, table, tx.records, [change]));
  await writeRecords(core, caller, table, write, () => changed('update', [key]));
}
