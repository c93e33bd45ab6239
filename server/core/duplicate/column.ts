import { always } from '../../../columnTypes/query.ts';
import { type ColumnChange, changeColumn } from '../bases/change.ts';
import { requireFreeTitles } from '../columns/freeTitles.ts';
import { newColumnOf } from '../columns/place.ts';
import { countWhere } from '../columns/rewrite.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import { startJob } from '../jobs/startJob.ts';
import type { Caller, Column, Table } from '../model.ts';
import type { ColumnRow, Job } from '../ports.ts';
import { columnRef, tableRef } from '../query/plan.ts';
import { requireOwnSchema } from '../sources/guards.ts';
import { maxColumnsOfTable, maxTitle } from '../tables/limits.ts';
import { choosePhysicalName } from '../tables/physicalNames.ts';
import { parseTitle } from '../tables/titles.ts';
import { type DuplicateOptions, duplicateColumnJob } from './kinds.ts';
import { advanceNumber } from './numbers.ts';
import { titleOfCopy } from './titles.ts';

/** Throws BAD_REQUEST for columns a table has once. */
export function requireDuplicable(column: Column): void {
  if (!column.system && column.type.filledBy !== 'key') return;
  throw new AppError(
    'BAD_REQUEST',
    `The column '${column.title}' is a system column and cannot be duplicated.`,
  );
}

async function draftCopy(
  core: Core,
  { tx, base, table, column, now }: ColumnChange,
  options: DuplicateOptions,
): Promise<ColumnRow> {
  const titles = table.columns.map((own) => own.title);
  const title =
    options.title === undefined
      ? titleOfCopy(column.title, titles, maxTitle)
      : parseTitle('field title', options.title);
  requireFreeTitles([...table.columns, { title }], table);
  if (table.columns.length >= maxColumnsOfTable) {
    throw new AppError(
      'COLUMN_OP_FAILED',
      `Table '${table.title}' has ${maxColumnsOfTable} fields, which is the limit`,
    );
  }
  const taken = new Set(table.columns.map((own) => own.name.toLowerCase()));
  const { type, storage: _, ...rest } = column;
  const empty = options.excludeData === true && (await countWhere(tx, tableRef(table), always)) > 0;
  return {
    ...rest,
    id: core.newId('column'),
    baseId: base.id,
    title,
    name: choosePhysicalName(title, 'field', taken),
    type: type.name,
    key: false,
    autoIncrement: false,
    display: false,
    required: column.required && !column.key && !empty,
    order: Math.max(0, ...table.columns.map((own) => own.order)) + 1,
    createdAt: now,
    updatedAt: now,
  };
}

async function copyInside(core: Core, change: ColumnChange, options: DuplicateOptions): Promise<ColumnRow> {
  const { tx, table, column, now, audit } = change;
  requireOwnSchema(table);
  requireDuplicable(column);
  const row = await draftCopy(core, change, options);
  await tx.schema.addColumn(table.name, newColumnOf(row));
  if (options.excludeData !== true) {
    await tx.records.copyColumn(tableRef(table), columnRef(column), {
      name: row.name,
      storage: column.storage,
    });
    if (column.type.filledBy === 'sequence')
      await advanceNumber(tx, tableRef(table), { id: row.id, name: row.name, storage: column.storage });
  }
  if (row.unique) await tx.schema.createIndex(table.name, [row.name], true);
  await tx.bases.insertColumns([row]);
  await tx.bases.updateTable(table.id, { updatedAt: now });
  await audit('column.duplicate', {
    tableId: table.id,
    target: row.id,
    details: { title: row.title, from: column.id },
  });
  return row;
}

/** Starts to copy a column with its values within its table. Throws BAD_REQUEST, RATE_LIMITED. */
export async function duplicateColumn(
  core: Core,
  caller: Caller,
  { table, column }: { readonly table: Table; readonly column: Column },
  options: DuplicateOptions,
): Promise<Job> {
  requireDuplicable(column);
  const work = async () => {
    const row = await changeColumn(core, caller, table, column.id, (change) =>
      copyInside(core, change, options),
    );
    return { id: row.id, title: row.title, fk_model_id: table.id };
  };
  return startJob(core, caller, { kind: duplicateColumnJob, baseId: table.baseId, work });
}
