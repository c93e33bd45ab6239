import type { Core } from '../context.ts';
import type { Caller } from '../model.ts';
import { tableRef } from '../query/plan.ts';
import { requireRow } from './fields.ts';
import { identifyRow, refuseRepeated } from './identify.ts';
import {
  checkPayload,
  contextFor,
  decodeNewRows,
  type WriteInput,
  type WriteTarget,
  writeNewRows,
} from './insert.ts';
import { type Key, parseKeyPart } from './key.ts';
import { changed, type RecordsTransaction, writeRecords } from './transact.ts';
import { decodeChanges, writeChanges } from './update.ts';

/**
 * Records whose key exists are changed, all others inserted (an auto-increment
 * key that does not exist is replaced by a new one); all or none. Returns the
 * keys of all records, in order.
 */
export async function upsertRecords(
  core: Core,
  caller: Caller,
  target: WriteTarget,
  input: WriteInput,
): Promise<Key[]> {
  const { table } = target;
  checkPayload(core, input.rows.length);
  if (input.rows.length === 0) return [];
  const context = await contextFor(core, target, input.rows);
  const inputs = input.rows.map((row, i) => {
    const place = input.single ? undefined : i;
    return { row, place, identified: identifyRow(table, requireRow(row, place)) };
  });
  const named = inputs.filter((item) => item.identified !== undefined);
  refuseRepeated(named.flatMap((item) => item.identified ?? []));
  const write = async (tx: RecordsTransaction): Promise<Key[]> => {
    const keys = named.flatMap((item) => (item.identified === undefined ? [] : [item.identified.key]));
    const exist = keys.length === 0 ? [] : await tx.records.exist(tableRef(table), keys);
    const known = new Set(named.filter((_, i) => exist[i] === true));
    const changed = inputs.filter((item) => known.has(item));
    const added = inputs.filter((item) => !known.has(item));
    const changes = decodeChanges(table, changed, input.unknownFields, context);
    const fresh = decodeNewRows(table, added, input.unknownFields, context);
    await writeChanges(core, caller, table, tx.records, changes);
    const newKeys = await writeNewRows(core, caller, table, tx.records, fresh);
    let next = 0;
    return inputs.map((item) => {
      if (known.has(item) && item.identified !== undefined) return item.identified.key;
      const raw = newKeys[next++] ?? [];
      return table.key.map((column, i) => parseKeyPart(column, raw[i]));
    });
  };
  return writeRecords(core, caller, table, write, (keys) => changed('bulk', keys));
}
