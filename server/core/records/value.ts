import type { Value } from '../../../columnTypes/query.ts';
import type { Column } from '../model.ts';
import type { RawValue } from '../ports.ts';

/** A value as an engine reads it, as the canonical value it stands for. */
export function toValue(raw: RawValue, column: Pick<Column, 'storage'>): Value {
  if (raw === null) return null;
  if (column.storage === 'boolean') return raw === true || raw === 1;
  if (column.storage === 'integer' && typeof raw === 'string') return BigInt(raw);
  if (column.storage === 'decimal') return String(raw);
  return raw;
}
