import type { StorageKind } from '../../../../columnTypes/query.ts';
import { type Fragment, raw, sql } from '../../fragment.ts';

/** Names, types and texts of values, for every part of the dialect. */

export function quote(identifier: string): string {
  if (identifier.includes('\0')) throw new Error('an identifier holds a NUL character');
  return `"${identifier.replaceAll('"', '""')}"`;
}

/** Types of values; columns of ours rest in the same. */
export const typeNames: Readonly<Record<StorageKind, string>> = {
  text: 'text',
  integer: 'bigint',
  decimal: 'numeric',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamp(0) with time zone',
  time: 'time(0)',
  json: 'text', // a type of its own could not be compared, sorted or made unique
};

export const isText = (storage: StorageKind): boolean => storage === 'text' || storage === 'json';

/** Compared byte for byte, whatever the database's language is. */
export const byBytes = (of: Fragment): Fragment => sql`(${of} collate "C")`;

const datetimeText = (of: Fragment): Fragment =>
  sql`to_char(${of} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS"+00:00"')`;

/** A stored value as its canonical text; booleans as 1 and 0. */
export function asText(of: Fragment, storage: StorageKind): Fragment {
  switch (storage) {
    case 'text':
    case 'json':
      return of;
    case 'decimal':
      return sql`trim_scale(${of})::text`;
    case 'boolean':
      return sql`(${of})::int::text`;
    case 'datetime':
      return datetimeText(of);
    case 'integer':
    case 'date':
    case 'time':
      return sql`(${of})::text`;
  }
}

/** A text constant; what the texts of ours hold is never a NUL. */
export const literal = (text: string): Fragment => raw(`'${text.replaceAll("'", "''")}'`);
