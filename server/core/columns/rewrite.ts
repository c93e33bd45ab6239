import type { JsonShape } from '../../../columnTypes/columnType.ts';
import {
  all,
  always,
  any,
  type Condition,
  columnOf,
  compare,
  type Expr,
  type StorageKind,
  type Value,
} from '../../../columnTypes/query.ts';
import type { Column, Table } from '../model.ts';
import type { ColumnRef, RawValue, ReadField, TableRef, Transaction } from '../ports.ts';

/** Records read and written at a time: large enough to be fast, small enough for memory. */
const batchSize = 1000;

export interface StoredValue {
  readonly key: readonly Value[];
  readonly value: Value;
}

/** What a table is to the ports. */
export const tableRef = (table: Table): TableRef => ({ name: table.name, key: table.key.map(columnRef) });

export const columnRef = (column: Pick<Column, 'name' | 'storage'>): ColumnRef => ({
  name: column.name,
  storage: column.storage,
});

/** A value as an engine reads it, in its canonical form. */
export function canonicalValue(raw: RawValue | undefined, storage: StorageKind): Value {
  if (raw === null || raw === undefined) return null;
  if (storage === 'integer') {
    if (typeof raw === 'number') return raw;
    const big = BigInt(raw);
    return big >= Number.MIN_SAFE_INTEGER && big <= Number.MAX_SAFE_INTEGER ? Number(big) : big;
  }
  if (storage === 'boolean') return typeof raw === 'boolean' ? raw : Number(raw) !== 0;
  return String(raw);
}

const shapeOf = (storage: StorageKind): JsonShape =>
  storage === 'integer' || storage === 'decimal' ? 'number' : storage === 'boolean' ? 'boolean' : 'string';

const fieldOf = (ref: ColumnRef): ReadField => ({
  key: ref.name,
  expr: columnOf(ref.name, ref.storage),
  shape: shapeOf(ref.storage),
});

/** Rows behind a key, in key order. */
export function after(key: readonly ColumnRef[], last: readonly Value[]): Condition {
  return any(
    key.map((ref, index) =>
      all([
        ...key
          .slice(0, index)
          .map((before, i) => compare('=', columnOf(before.name, before.storage), last[i] as Value)),
        compare('>', columnOf(ref.name, ref.storage), last[index] as Value),
      ]),
    ),
  );
}

/**
 * All values of a column with the keys of their records, in key order and in
 * batches; sees the transaction's own writes, also those of the loop's body.
 */
export async function* scanColumn(
  tx: Pick<Transaction, 'records'>,
  table: TableRef,
  column: ColumnRef,
  where: Condition = always,
): AsyncGenerator<StoredValue[]> {
  const width = table.key.length;
  let last: readonly Value[] | undefined;
  for (;;) {
    const rows = await tx.records.rows(
      {
        table,
        fields: [...table.key, column].map(fieldOf),
        where: last === undefined ? where : all([where, after(table.key, last)]),
        order: table.key.map((ref) => ({ expr: columnOf(ref.name, ref.storage), direction: 'asc' as const })),
        shuffle: false,
        lists: 'text',
      },
      batchSize,
      0,
    );
    const batch = rows.map((row) => ({
      key: table.key.map((ref, i) => canonicalValue(row[i], ref.storage)),
      value: canonicalValue(row[width], column.storage),
    }));
    if (batch.length > 0) yield batch;
    if (batch.length < batchSize) return;
    last = batch.at(-1)?.key;
  }
}

/** Writes one column of records named by their keys. */
export async function writeColumn(
  tx: Pick<Transaction, 'records'>,
  table: TableRef,
  column: ColumnRef,
  values: readonly StoredValue[],
): Promise<void> {
  if (values.length === 0) return;
  await tx.records.update(
    table,
    [column],
    values.map(({ key, value }) => ({ key, values: [value] })),
  );
}

/** Records of the table that `where` keeps. */
export function countWhere(
  tx: Pick<Transaction, 'records'>,
  table: TableRef,
  where: Condition,
): Promise<number> {
  return readAggregate(tx, table, 'count', null, where);
}

/** One whole number over the records that `where` keeps; sees the transaction's own writes. */
export async function readAggregate(
  tx: Pick<Transaction, 'records'>,
  table: TableRef,
  name: 'count' | 'countDistinct',
  of: Expr | null,
  where: Condition = always,
): Promise<number> {
  const field: ReadField = {
    key: name,
    expr: { kind: 'aggregate', name, of, storage: 'integer' },
    shape: 'number',
  };
  const plan = { table, fields: [field], where, order: [], shuffle: false, lists: 'text' as const };
  const rows = await tx.records.rows(plan, 1, 0);
  return Number(rows[0]?.[0] ?? 0);
}
