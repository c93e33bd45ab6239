import type { Value } from '../../../columnTypes/query.ts';
import type { Core } from '../context.ts';
import type { Caller, Column } from '../model.ts';
import type { RecordWriter } from '../ports.ts';
import { isOrderColumn } from '../query/view.ts';

/** Values the server fills in by itself. */

/** The moment as a canonical datetime, to the second, UTC. */
export const formatInstant = (moment: Date): string =>
  `${moment.toISOString().slice(0, 19).replace('T', ' ')}+00:00`;

export const callerId = (caller: Caller): string | null =>
  caller.principal.kind === 'anonymous' ? null : caller.principal.user.id;

/** Random (version 4) UUID. */
export function createUuid(core: Core): string {
  const bytes = core.randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** A counted number as a value of the column. */
export function numberFor(column: Column, n: number): Value {
  return column.storage === 'integer' ? n : String(n);
}

const isCounted = (column: Column): boolean => column.type.filledBy === 'sequence' || isOrderColumn(column);

/**
 * What to put into the server's columns of new records: one function a column,
 * called once a record in order. Reserves the numbers of sequences.
 */
export async function prepareInsertFill(
  core: Core,
  caller: Caller,
  writer: RecordWriter,
  filled: readonly Column[],
  count: number,
): Promise<{ column: Column; next: () => Value }[]> {
  const now = formatInstant(core.clock());
  const fills: { column: Column; next: () => Value }[] = [];
  for (const column of filled) {
    if (isCounted(column)) {
      let n = await writer.nextNumbers(column.id, count);
      fills.push({ column, next: () => numberFor(column, n++) });
    } else if (column.type.filledBy === 'createdTime') fills.push({ column, next: () => now });
    else if (column.type.filledBy === 'createdBy') fills.push({ column, next: () => callerId(caller) });
    else if (column.type.filledBy === 'uuid') fills.push({ column, next: () => createUuid(core) });
  }
  return fills;
}

/** What a change writes besides the caller's values: when and by whom. */
export function updateFill(
  core: Core,
  caller: Caller,
  filled: readonly Column[],
): { column: Column; value: Value }[] {
  const now = formatInstant(core.clock());
  return filled.flatMap((column) => {
    if (column.type.filledBy === 'lastModifiedTime') return [{ column, value: now }];
    if (column.type.filledBy === 'lastModifiedBy') return [{ column, value: callerId(caller) }];
    return [];
  });
}
