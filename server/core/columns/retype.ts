import type { AnyColumnType, ParseContext } from '../../../columnTypes/columnType.ts';
import { columnOf, isNotNull, type Value } from '../../../columnTypes/query.ts';
import type { ColumnChange } from '../bases/change.ts';
import { AppError } from '../errors.ts';
import type { Column, Table } from '../model.ts';
import { choosePhysicalName } from '../tables/physicalNames.ts';
import { collectRejections, requireNoRejections, type TypedOptions, tryConvert } from './conversion.ts';
import { columnRef, type StoredValue, scanColumn, tableRef, writeColumn } from './rewrite.ts';

/** Choices made from data; more would be a text column in disguise. */
export const maxChoicesFromData = 500;

/** Throws COLUMN_OP_FAILED when the column may not become the type. */
export function requireRetypable(column: Column, type: AnyColumnType): void {
  const refuse = (why: string) =>
    new AppError('COLUMN_OP_FAILED', `The type of field '${column.title}' cannot change: ${why}`);
  if (column.key) throw refuse('it is part of the primary key');
  if (column.system) throw refuse('it is a system field');
  if (type.filledBy !== 'caller') {
    throw refuse(`the server makes values of type ${type.name}; add a new field of that type instead`);
  }
}

/**
 * Converts every value of the column. All or nothing: values the new type
 * refuses are collected and thrown as COLUMN_OP_FAILED. The physical column
 * keeps its name; its index must be gone and is made again by the caller.
 */
export async function convertColumn(
  { tx, table, column }: ColumnChange,
  to: TypedOptions,
  context: ParseContext,
): Promise<void> {
  const sameStorage = to.type.storage === column.storage;
  const target = sameStorage ? columnRef(column) : temporaryColumn(table, to.type);
  if (!sameStorage) {
    await tx.schema.addColumn(table.name, {
      ...target,
      key: false,
      autoIncrement: false,
      required: false,
      unique: false,
    });
  }
  const rejections = collectRejections();
  const ref = tableRef(table);
  for await (const batch of scanColumn(
    tx,
    ref,
    columnRef(column),
    isNotNull(columnOf(column.name, column.storage)),
  )) {
    const writes: StoredValue[] = [];
    for (const row of batch) {
      const value = tryConvert(row, column, to, context, rejections);
      if (value === undefined || (sameStorage ? value === row.value : value === null)) continue;
      writes.push({ key: row.key, value });
    }
    if (rejections.count === 0) await writeColumn(tx, ref, target, writes);
  }
  requireNoRejections(rejections, `Field '${column.title}' cannot become ${to.type.name}`);
  if (!sameStorage) {
    await tx.schema.dropColumn(table.name, column.name);
    await tx.schema.renameColumn(table.name, target.name, column.name);
  }
}

/** Throws COLUMN_OP_FAILED when stored values do not fit new options of the same type; changes none. */
export async function requireFittingValues(
  { tx, table, column }: ColumnChange,
  options: unknown,
  context: ParseContext,
): Promise<void> {
  const rejections = collectRejections();
  const to = { type: column.type, options };
  for await (const batch of scanColumn(
    tx,
    tableRef(table),
    columnRef(column),
    isNotNull(columnOf(column.name, column.storage)),
  )) {
    for (const row of batch) tryConvert(row, column, to, context, rejections);
  }
  requireNoRejections(rejections, `The options of field '${column.title}' cannot change`);
}

/**
 * The choices a column's values would need, in order of appearance. Throws
 * COLUMN_OP_FAILED when there are too many.
 */
export async function choicesFromData(
  { tx, table, column }: ColumnChange,
  type: AnyColumnType,
): Promise<{ title: string }[]> {
  const titles = new Set<string>();
  for await (const batch of scanColumn(
    tx,
    tableRef(table),
    columnRef(column),
    isNotNull(columnOf(column.name, column.storage)),
  )) {
    for (const { value } of batch) {
      for (const title of titlesOf(value, column, type)) titles.add(title);
    }
    if (titles.size > maxChoicesFromData) {
      throw new AppError(
        'COLUMN_OP_FAILED',
        `Field '${column.title}' holds more than ${maxChoicesFromData} different values: too many to become options`,
      );
    }
  }
  return [...titles].map((title) => ({ title }));
}

function titlesOf(value: Value, column: Column, type: AnyColumnType): string[] {
  const text = column.type.format(value, column.options);
  const parts = type.json === 'list' ? text.split(',') : [text];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function temporaryColumn(table: Table, type: AnyColumnType) {
  const taken = new Set(table.columns.map((column) => column.name.toLowerCase()));
  return { name: choosePhysicalName('converted', 'converted', taken), storage: type.storage };
}
