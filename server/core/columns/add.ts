import { always } from '../../../columnTypes/query.ts';
import { changeTable, type TableChange } from '../bases/change.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import { parseContextFor } from '../members/parseContext.ts';
import type { Caller, Table } from '../model.ts';
import { requireOwnSchema } from '../sources/guards.ts';
import { maxColumnsOfTable } from '../tables/limits.ts';
import { requireTable } from '../tables/require.ts';
import { type ColumnDraft, type ColumnInput, draftColumn, requireColumnType } from './draft.ts';
import { fillNewColumn } from './fill.ts';
import { requireFreeTitles } from './freeTitles.ts';
import { choosePhysicalNames, newColumnOf, placeColumn } from './place.ts';
import { countWhere, tableRef } from './rewrite.ts';
import { moveDisplay } from './setDisplay.ts';

/**
 * Adds a column; records that are there get its default. Answers the table.
 * Throws DUPLICATE_IN_ALIAS, INVALID_REQUEST_BODY or COLUMN_OP_FAILED.
 */
export async function addColumn(
  core: Core,
  caller: Caller,
  table: Table,
  input: ColumnInput,
): Promise<Table> {
  await changeTable(core, caller, table, (change) => addColumnInside(core, change, input));
  return requireTable(core, table.id);
}

async function addColumnInside(core: Core, change: TableChange, input: ColumnInput): Promise<void> {
  const { tx, base, table, now, audit } = change;
  requireOwnSchema(table);
  const parse = await parseContextFor(core, tx.users, base, [requireColumnType(input.type)]);
  const draft = draftColumn(input, { parse, newOptionId: () => core.newId('option') });
  requireFreeTitles([...table.columns, draft], table);
  requireRoom(table, draft);
  const fallback =
    draft.defaultValue === null ? null : draft.type.parse(draft.defaultValue, draft.options, parse);
  await requireFillable(change, draft);
  const [name] = choosePhysicalNames(
    [draft],
    table.columns.map((column) => column.name),
  );
  const row = placeColumn(draft, {
    id: core.newId('column'),
    table,
    name: name as string,
    order: Math.max(0, ...table.columns.map((column) => column.order)) + 1,
    display: false,
    now,
  });
  await tx.schema.addColumn(table.name, newColumnOf(row));
  const added = { id: row.id, name: row.name, storage: draft.type.storage, type: draft.type, fallback };
  await fillNewColumn(core, tx, table, added);
  if (row.unique) await tx.schema.createIndex(table.name, [row.name], true);
  await tx.bases.insertColumns([row]);
  if (draft.display) await moveDisplay(change, row);
  await tx.bases.updateTable(table.id, { updatedAt: now });
  await audit('column.add', {
    tableId: table.id,
    target: row.id,
    details: { title: row.title, type: row.type },
  });
}

function requireRoom(table: Table, draft: ColumnDraft): void {
  if (draft.key) {
    throw new AppError(
      'COLUMN_OP_FAILED',
      `Field '${draft.title}' cannot be a key: keys are made with their table`,
    );
  }
  if (table.columns.length >= maxColumnsOfTable) {
    throw new AppError(
      'COLUMN_OP_FAILED',
      `Table '${table.title}' has ${maxColumnsOfTable} fields, which is the limit`,
    );
  }
}

/** What is required or unique must be so for the records that are there. */
async function requireFillable({ tx, table }: TableChange, draft: ColumnDraft): Promise<void> {
  const filled = draft.defaultValue !== null || draft.type.filledBy !== 'caller';
  if (!(draft.required && !filled) && !(draft.unique && draft.defaultValue !== null)) return;
  const count = await countWhere(tx, tableRef(table), always);
  if (draft.required && !filled && count > 0) {
    throw new AppError(
      'COLUMN_OP_FAILED',
      `Field '${draft.title}' is required, but table '${table.title}' has ${count} records: give a default value (cdf)`,
    );
  }
  if (draft.unique && draft.defaultValue !== null && count > 1) {
    throw new AppError(
      'COLUMN_OP_FAILED',
      `Field '${draft.title}' is unique, but its default value would repeat in ${count} records: leave the default out`,
    );
  }
}
