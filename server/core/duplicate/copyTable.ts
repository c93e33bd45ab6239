import type { BaseChange } from '../bases/change.ts';
import { newColumnOf } from '../columns/place.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Column, Table, View } from '../model.ts';
import type { ColumnRow, TableRow } from '../ports.ts';
import { requireFreeTableTitle } from '../tables/create.ts';
import { maxTablesOfBase } from '../tables/limits.ts';
import { choosePhysicalName } from '../tables/physicalNames.ts';
import { sameTitle } from '../tables/titles.ts';
import { copyViewParts } from '../views/copyParts.ts';
import { newGridView } from '../views/draft.ts';

/** A copy without records yet. */
export interface CopiedTable {
  readonly id: string;
  readonly title: string;
  /** Of the copy, by the column it was copied from. */
  readonly columnIds: ReadonlyMap<string, string>;
}

export interface CopyWish {
  readonly title: string;
  readonly excludeViews: boolean;
  /** Whose personal views come along. */
  readonly userId: string | null;
}

const columnIdsOf = (core: Core, origin: Table): Map<string, string> =>
  new Map(origin.columns.map((column) => [column.id, core.newId('column')]));

/** References within the table follow the copy; others stay while they lead into the same base. */
function copyReferences(
  origin: Table,
  copy: TableRow,
  column: Column,
  columnIds: ReadonlyMap<string, string>,
): Column['references'] {
  const { references } = column;
  if (references === null) return null;
  if (references.tableId !== origin.id) return copy.baseId === origin.baseId ? references : null;
  const columnId = columnIds.get(references.columnId);
  return columnId === undefined ? null : { tableId: copy.id, columnId };
}

function copyColumnRow(
  origin: Table,
  copy: TableRow,
  column: Column,
  columnIds: ReadonlyMap<string, string>,
): ColumnRow {
  const { type, storage: _, ...rest } = column;
  return {
    ...rest,
    id: columnIds.get(column.id) as string,
    baseId: copy.baseId,
    tableId: copy.id,
    type: type.name,
    references: copyReferences(origin, copy, column, columnIds),
    createdAt: copy.createdAt,
    updatedAt: copy.updatedAt,
  };
}

/** Makes a table with the columns, indexes of unique columns and views of another, in the base of `change`. */
export async function copyTable(
  core: Core,
  { tx, base, now }: BaseChange,
  origin: Table,
  wish: CopyWish,
): Promise<CopiedTable> {
  const title = requireFreeTableTitle(base, wish.title);
  if (base.tables.length >= maxTablesOfBase)
    throw new AppError(
      'TABLE_OP_FAILED',
      `Base '${base.id}' has ${maxTablesOfBase} tables, which is the limit`,
    );
  const taken = new Set(base.tables.map((table) => table.name.toLowerCase()));
  const row: TableRow = {
    id: core.newId('table'),
    baseId: base.id,
    sourceId: base.sources[0]?.id ?? '',
    title,
    name: choosePhysicalName(title, 'table', taken, base.prefix),
    order: Math.max(0, ...base.tables.map((table) => table.order)) + 1,
    description: origin.description,
    meta: origin.meta,
    createdAt: now,
    updatedAt: now,
  };
  const columnIds = columnIdsOf(core, origin);
  const columns = origin.columns.map((column) => copyColumnRow(origin, row, column, columnIds));
  await tx.schema.createTable(row.name, columns.map(newColumnOf));
  for (const column of columns) if (column.unique) await tx.schema.createIndex(row.name, [column.name], true);
  await tx.bases.insertTable(row);
  await tx.bases.insertColumns(columns);
  const copy = { id: row.id, title, columnIds };
  await copyViews(core, { tx, now, baseId: base.id }, origin, copy, wish);
  return copy;
}

async function copyViews(
  core: Core,
  { tx, now, baseId }: Pick<BaseChange, 'tx' | 'now'> & { readonly baseId: string },
  origin: Table,
  copy: CopiedTable,
  { excludeViews, userId }: CopyWish,
): Promise<void> {
  if (excludeViews) {
    const view = newGridView({ id: core.newId('view'), tableId: copy.id, title: copy.title, order: 1, now });
    return tx.bases.insertView({ ...view, baseId, isDefault: true });
  }
  const isOpen = (view: View): boolean => view.lockType !== 'personal' || view.ownerId === userId;
  for (const view of origin.views.filter(isOpen)) {
    const { columns: _c, filters: _f, sorts: _s, ...rest } = view;
    const id = core.newId('view');
    const named = sameTitle(view.title, origin.title) ? copy.title : view.title;
    const times = { createdAt: now, updatedAt: now };
    await tx.bases.insertView({ ...rest, ...times, id, baseId, tableId: copy.id, title: named });
    await copyViewParts(core, tx.bases, view, { viewId: id, baseId, now, columnIds: copy.columnIds });
  }
}
