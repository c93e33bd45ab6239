import { changeBase } from '../bases/change.ts';
import { requireBase } from '../bases/require.ts';
import type { Core } from '../context.ts';
import type { Caller, Table } from '../model.ts';
import type { Transaction } from '../ports.ts';
import { createTable } from '../tables/create.ts';
import type { ImportedColumn, ImportedTable } from './importedFile.ts';

/** `Name`, or `Name (2)`, `Name (3)` … when the base has it already. */
function freeTitle(title: string, tables: readonly Table[]): string {
  const taken = new Set(tables.map((table) => table.title.toLowerCase()));
  let free = title;
  for (let count = 2; taken.has(free.toLowerCase()); count += 1) free = `${title} (${count})`;
  return free;
}

/** Creates the table, empty, under a free title. */
export async function createImportedTable(
  core: Core,
  caller: Caller,
  baseId: string,
  imported: ImportedTable,
): Promise<Table> {
  const base = await requireBase(core, baseId);
  return createTable(core, caller, base, {
    title: freeTitle(imported.title, base.tables),
    columns: imported.columns.map((column: ImportedColumn) => ({
      title: column.title,
      type: column.type,
      options: column.options,
      key: column.key,
      autoIncrement: column.autoIncrement,
      required: column.required,
      unique: column.unique,
      defaultValue: column.defaultValue,
    })),
  });
}

/** A table of the file and what became of it. */
export interface Created {
  readonly imported: ImportedTable;
  readonly table: Table;
}

const columnId = (table: Table, title: string): string | undefined => table.columnByName.get(title)?.id;

async function addIndexes(tx: Transaction, { imported, table }: Created): Promise<void> {
  for (const index of imported.indexes) {
    const names = index.columns.map((title) => table.columnByName.get(title)?.name);
    if (names.every((name) => name !== undefined))
      await tx.schema.createIndex(table.name, names, index.unique);
  }
}

async function addReferences(
  tx: Transaction,
  { imported, table }: Created,
  created: readonly Created[],
): Promise<void> {
  for (const foreign of imported.foreignKeys) {
    const target = created.find((other) => other.imported.title === foreign.table)?.table;
    const from = columnId(table, foreign.column);
    const to = target === undefined ? undefined : columnId(target, foreign.references);
    if (target !== undefined && from !== undefined && to !== undefined) {
      await tx.bases.updateColumn(from, { references: { tableId: target.id, columnId: to } });
    }
  }
}

/** Keeps what the file says of the tables among themselves: indexes, and foreign keys as metadata. */
export async function keepRelations(
  core: Core,
  caller: Caller,
  baseId: string,
  created: readonly Created[],
): Promise<void> {
  const some = created.some(({ imported }) => imported.foreignKeys.length > 0 || imported.indexes.length > 0);
  if (!some) return;
  await changeBase(core, caller, baseId, async ({ tx }) => {
    for (const one of created) {
      await addIndexes(tx, one);
      await addReferences(tx, one, created);
    }
  });
}
