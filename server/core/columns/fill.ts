import type { AnyColumnType } from '../../../columnTypes/columnType.ts';
import { always, type Value } from '../../../columnTypes/query.ts';
import type { Core } from '../context.ts';
import type { Table } from '../model.ts';
import type { ColumnRef, Transaction } from '../ports.ts';
import { createUuid } from '../records/fill.ts';
import { columnRef, countWhere, type StoredValue, scanColumn, tableRef, writeColumn } from './rewrite.ts';

export interface NewlyAdded extends ColumnRef {
  readonly id: string;
  readonly type: AnyColumnType;
  /** Canonical default; null: none. */
  readonly fallback: Value;
}

/**
 * Gives the records that were there before a column its values: the default,
 * a fresh identifier or number each, or what the automatic column of the same
 * kind knows.
 */
export async function fillNewColumn(
  core: Core,
  tx: Transaction,
  table: Table,
  column: NewlyAdded,
): Promise<void> {
  const target = tableRef(table);
  const { filledBy } = column.type;
  if (filledBy === 'caller') {
    if (column.fallback === null) return;
    await tx.records.updateWhere(target, [{ column: columnRef(column), value: column.fallback }], always);
    return;
  }
  const compute = await valueSource(core, tx, table, column);
  if (compute === undefined) return;
  const source = table.columns.find((own) => own.system && own.type.filledBy === filledBy) ?? table.key[0];
  if (source === undefined) return;
  for await (const batch of scanColumn(tx, target, columnRef(source))) {
    await writeColumn(
      tx,
      target,
      columnRef(column),
      batch.map((row) => ({ key: row.key, value: compute(row) })),
    );
  }
}

async function valueSource(
  core: Core,
  tx: Transaction,
  table: Table,
  column: NewlyAdded,
): Promise<((row: StoredValue) => Value) | undefined> {
  const { filledBy } = column.type;
  if (filledBy === 'uuid') return () => createUuid(core);
  if (filledBy === 'sequence') {
    const count = await countWhere(tx, tableRef(table), always);
    let next = count === 0 ? 0 : await tx.records.nextNumbers(column.id, count);
    return () => (column.storage === 'integer' ? next++ : String(next++));
  }
  const twin = table.columns.find((own) => own.system && own.type.filledBy === filledBy);
  return twin === undefined ? undefined : (row) => row.value;
}
