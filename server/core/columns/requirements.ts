import type { AnyColumnType } from '../../../columnTypes/columnType.ts';
import { columnOf, type Expr, isNotNull, isNull, type StorageKind } from '../../../columnTypes/query.ts';
import type { ColumnChange } from '../bases/change.ts';
import { AppError } from '../errors.ts';
import { countWhere, readAggregate, scanColumn, tableRef } from './rewrite.ts';

const shownRepeats = 5;

/** Throws COLUMN_OP_FAILED when records hold no value in the column. */
export async function requireNoNulls(
  { tx, table, column }: ColumnChange,
  storage: StorageKind,
): Promise<void> {
  const count = await countWhere(tx, tableRef(table), isNull(columnOf(column.name, storage)));
  if (count === 0) return;
  throw new AppError(
    'COLUMN_OP_FAILED',
    `Field '${column.title}' cannot be required: ${count} record(s) have no value in it. Fill them first`,
    { emptyCount: count },
  );
}

/** Throws COLUMN_OP_FAILED when a value occurs in several records. */
export async function requireNoRepeats(
  { tx, table, column }: ColumnChange,
  type: AnyColumnType,
): Promise<void> {
  const ref = { name: column.name, storage: type.storage };
  const expr: Expr = columnOf(ref.name, ref.storage);
  const filled = await countWhere(tx, tableRef(table), isNotNull(expr));
  const distinct = await readAggregate(tx, tableRef(table), 'countDistinct', expr);
  if (filled === distinct) return;
  const seen = new Set<unknown>();
  const repeated = new Set<string>();
  for await (const batch of scanColumn(tx, tableRef(table), ref, isNotNull(expr))) {
    for (const { value } of batch) {
      if (seen.has(value)) repeated.add(String(value).slice(0, 100).toWellFormed());
      seen.add(value);
    }
    if (repeated.size >= shownRepeats) break;
  }
  const values = [...repeated].slice(0, shownRepeats);
  throw new AppError(
    'COLUMN_OP_FAILED',
    `Field '${column.title}' cannot be unique: some values occur more than once, ` +
      `e.g. ${values.map((value) => `'${value}'`).join(', ')}`,
    { repeated: values },
  );
}
