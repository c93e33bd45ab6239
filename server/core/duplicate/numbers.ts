import { always, columnOf } from '../../../columnTypes/query.ts';
import type { Column } from '../model.ts';
import type { TableRef, Transaction } from '../ports.ts';

/** The numbers of a copied AutoNumber go on behind those that were copied. */
export async function advanceNumber(
  tx: Transaction,
  table: TableRef,
  copy: Pick<Column, 'id' | 'name' | 'storage'>,
): Promise<void> {
  const of = columnOf(copy.name, copy.storage);
  const expr = { kind: 'aggregate' as const, name: 'max' as const, of, storage: copy.storage };
  const field = { key: 'max', expr, shape: 'number' as const };
  const plan = { table, fields: [field], where: always, order: [], shuffle: false, lists: 'text' as const };
  const [row] = await tx.records.rows(plan, 1, 0);
  const last = Number(row?.[0] ?? 0);
  if (last > 0) await tx.records.nextNumbers(copy.id, last);
}
