import type { BaseChange } from '../bases/change.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { ForeignTable } from '../ports.ts';
import { maxTablesOfBase } from '../tables/limits.ts';
import { newGridView } from '../views/draft.ts';
import { draftTable } from './draftTable.ts';
import { type Placed, referencesOf, withReferences } from './references.ts';

/**
 * Stores tables of a connected database in the metadata, with their columns,
 * references among themselves and to those `already` there, and a default view
 * each. Throws TABLE_OP_FAILED when the base would have too many.
 */
export async function addTables(
  core: Core,
  { tx, base, now }: BaseChange,
  sourceId: string,
  tables: readonly ForeignTable[],
  already: readonly Placed[] = [],
): Promise<void> {
  if (base.tables.length + tables.length > maxTablesOfBase) {
    throw new AppError(
      'TABLE_OP_FAILED',
      `With these ${tables.length} tables the base would have more than ${maxTablesOfBase}, which is the limit. Choose fewer.`,
    );
  }
  const taken = new Set(base.tables.map((table) => table.title.toLowerCase()));
  const last = Math.max(0, ...base.tables.map((table) => table.order));
  const context = { newId: core.newId, now };
  const drafts = tables.map((table, index) =>
    draftTable(table, { baseId: base.id, sourceId, order: last + index + 1 }, taken, context),
  );
  const placed = new Map<string, Placed>(already.map((table) => [table.name, table]));
  for (const { row, columns } of drafts) placed.set(row.name, { id: row.id, name: row.name, columns });
  const stored = drafts.flatMap(({ columns, row }, index) =>
    withReferences(
      columns,
      referencesOf(tables[index] as ForeignTable, placed.get(row.name) as Placed, placed),
    ),
  );
  for (const { row } of drafts) {
    await tx.bases.insertTable(row);
    const view = newGridView({ id: core.newId('view'), tableId: row.id, title: row.title, order: 1, now });
    await tx.bases.insertView({ ...view, isDefault: true, baseId: base.id });
  }
  await tx.bases.insertColumns(stored);
}
