import { all, columnOf, compare, literalOf as literal } from '../../../columnTypes/query.ts';
import type { Core } from '../context.ts';
import { AppError, notFound } from '../errors.ts';
import type { Caller, Column, Table } from '../model.ts';
import type { ReadPlan, RecordWriter } from '../ports.ts';
import { columnRef, planKeys, planRecord, tableRef } from '../query/plan.ts';
import { isOrderColumn } from '../query/view.ts';
import { middleDecimal, subtractDecimals } from './arithmetic.ts';
import { parseKey } from './key.ts';
import { changed, type RecordsTransaction, writeRecords } from './transact.ts';

function requireOrderColumn(table: Table): Column {
  const column = table.columns.find(isOrderColumn);
  if (column === undefined) {
    throw new AppError(
      'UNPROCESSABLE',
      `Table '${table.title}' keeps no manual order, so its records cannot be moved.`,
    );
  }
  return column;
}

/** The order of the record in question, or of the nearest neighbour before it. */
async function readOrder(writer: RecordWriter, plan: ReadPlan): Promise<string | undefined> {
  const [row] = await writer.rows(plan, 1, 0);
  const value = row?.[0];
  return value === undefined ? undefined : String(value ?? 0);
}

async function orderBefore(
  table: Table,
  column: Column,
  writer: RecordWriter,
  before: string,
): Promise<string> {
  const base = planRecord(table, [column]);
  const order = columnOf(column.name, column.storage);
  const target = await readOrder(writer, { ...base, where: planKeys(table, [before]) });
  if (target === undefined) throw notFound('Record', before);
  const lower = compare('<', order, literal(target, column.storage));
  const previous = await readOrder(writer, {
    ...base,
    where: all([lower]),
    order: [{ expr: order, direction: 'desc' }],
  });
  return previous === undefined ? subtractDecimals(target, '1') : middleDecimal(previous, target);
}

async function orderAtEnd(table: Table, column: Column, writer: RecordWriter): Promise<string> {
  const order = columnOf(column.name, column.storage);
  const last = await readOrder(writer, {
    ...planRecord(table, [column]),
    order: [{ expr: order, direction: 'desc' }],
  });
  const next = String(await writer.nextNumbers(column.id, 1)); // what new records are numbered by
  const isFree = last === undefined || subtractDecimals(last, next).startsWith('-');
  return isFree ? next : subtractDecimals(last, '-1');
}

/**
 * Puts a record right before another in the manual order, or at the end.
 * Throws RECORD_NOT_FOUND, INVALID_PK_VALUE, UNPROCESSABLE for a table without one.
 */
export async function moveRecord(
  core: Core,
  caller: Caller,
  table: Table,
  id: string,
  before: string | undefined,
): Promise<void> {
  const column = requireOrderColumn(table);
  const key = parseKey(table, id);
  const write = async (tx: RecordsTransaction): Promise<void> => {
    const order =
      before === undefined
        ? await orderAtEnd(table, column, tx.records)
        : await orderBefore(table, column, tx.records, before);
    const [found] = await tx.records.update(tableRef(table), [columnRef(column)], [{ key, values: [order] }]);
    if (found !== true) throw notFound('Record', id);
  };
  await writeRecords(core, caller, table, write, () => changed('update', [key]));
}
