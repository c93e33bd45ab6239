import { AppError } from '../errors.ts';
import type { Column, Table } from '../model.ts';
import { writeShape } from './fields.ts';
import { type Key, keyIdentity, keyText, parseKeyPart, requireKey } from './key.ts';
import { refuseDuplicate } from './refusals.ts';

/** A record named in a body: its key, and the parts as the caller wrote them. */
export interface Identified {
  readonly key: Key;
  /** In key order. */
  readonly sent: readonly unknown[];
}

/** Key parts of a record as sent; undefined unless all are there. */
function sentParts(table: Table, row: Record<string, unknown>): unknown[] | undefined {
  const { targets } = writeShape(table);
  const parts = new Map<Column, unknown>();
  for (const name of Object.keys(row)) {
    const target = targets.get(name);
    if (target?.kind === 'key' && row[name] !== undefined && row[name] !== null) {
      parts.set(target.column, row[name]);
    }
  }
  if (parts.size !== table.key.length) return undefined;
  return table.key.map((column) => parts.get(column));
}

/** Who a record is by the key inside it; undefined when its key is not complete. Throws INVALID_PK_VALUE. */
export function identifyRow(table: Table, row: Record<string, unknown>): Identified | undefined {
  requireKey(table);
  const sent = sentParts(table, row);
  if (sent === undefined) return undefined;
  return { sent, key: table.key.map((column, i) => parseKeyPart(column, sent[i])) };
}

/** The id of a record as messages show it. */
export const describeKey = keyText;

/** Throws UNPROCESSABLE naming the first record that is named twice. */
export function refuseRepeated(records: readonly Identified[]): void {
  const seen = new Set<string>();
  for (const record of records) {
    const identity = keyIdentity(record.key);
    if (seen.has(identity)) throw refuseDuplicate(describeKey(record.key));
    seen.add(identity);
  }
}

/** Key parts under their titles, e.g. `{Id: 1}`. */
export const keyObject = (table: Table, parts: readonly unknown[]): Record<string, unknown> =>
  Object.fromEntries(table.key.map((column, i) => [column.title, parts[i]]));

/** Throws RECORD_NOT_FOUND for the first that does not exist. */
export function requireAll(records: readonly Identified[], found: readonly boolean[]): void {
  const missing = found.indexOf(false);
  const record = records[missing];
  if (record === undefined) return;
  throw new AppError('RECORD_NOT_FOUND', `Record '${describeKey(record.sent)}' not found`);
}
