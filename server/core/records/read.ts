import type { Core } from '../context.ts';
import { notFound } from '../errors.ts';
import type { Column, Table } from '../model.ts';
import type { JsonText, Maybe, PreparedRecord, RawValue, ReadPlan } from '../ports.ts';
import { compileOnce } from '../query/cache.ts';
import { planRecord, tableRef } from '../query/plan.ts';
import { isOrderColumn, namedColumns, visibleColumns } from '../query/view.ts';
import { type Key, parseKey, requireKey } from './key.ts';
import { andThen } from './maybe.ts';
import { joinRows, writeRows, writerOf } from './page.ts';
import { shorten } from './text.ts';

export interface RecordReadRequest {
  /** Absent: every visible field. */
  readonly fields?: readonly string[] | undefined;
  readonly viewId?: string | undefined;
}

/** The read of single records in one shape, compiled. */
export interface CompiledRecord {
  readonly plan: ReadPlan;
  readonly prepared: PreparedRecord;
}

const compileColumns = (core: Core, table: Table, columns: readonly Column[]): CompiledRecord => {
  requireKey(table);
  const plan = planRecord(table, columns);
  return { plan, prepared: core.reader.prepareRecord(plan) };
};

/** Throws FIELD_NOT_FOUND, VIEW_NOT_FOUND and what `decode` throws. */
export function compileRecord(
  core: Core,
  table: Table,
  key: string,
  decode: () => RecordReadRequest,
): CompiledRecord {
  return compileOnce(table, `record ${key}`, () => {
    const { fields, viewId } = decode();
    const columns =
      fields === undefined ? visibleColumns(table, viewId) : namedColumns(table, fields, viewId);
    return { value: compileColumns(core, table, columns), volatile: false };
  });
}

/** The full record as the answers of writes show it: with the manual order, without other hidden columns. */
export function compileFullRecord(core: Core, table: Table): CompiledRecord {
  return compileOnce(table, 'full record', () => ({
    value: compileColumns(core, table, fullColumns(table)),
    volatile: false,
  }));
}

/** Visible columns and the manual order. */
export function fullColumns(table: Table): readonly Column[] {
  const visible = new Set(visibleColumns(table, undefined));
  return table.columns.filter((column) => visible.has(column) || isOrderColumn(column));
}

function findJson(core: Core, record: CompiledRecord, key: Key): Maybe<JsonText | undefined> {
  if (record.prepared.json !== undefined) return record.prepared.json(key);
  return andThen(record.prepared.row(key), (row) =>
    row === undefined
      ? undefined
      : andThen(writeRows(core, writerOf(record.plan), [row]), (texts) => Buffer.from(texts[0] ?? '{}')),
  );
}

/** One record as JSON by its id of a path. Throws INVALID_PK_VALUE, RECORD_NOT_FOUND. */
export function readRecord(core: Core, table: Table, record: CompiledRecord, id: string): Maybe<JsonText> {
  return andThen(findJson(core, record, parseKey(table, id)), (json) => {
    if (json === undefined) throw notFound('Record', shorten(id));
    return json;
  });
}

/** Several records as a JSON array, in the order of the keys; those that are gone are left out. */
export async function readRecords(
  core: Core,
  record: CompiledRecord,
  keys: readonly Key[],
): Promise<JsonText> {
  if (record.prepared.json !== undefined) {
    const found: Buffer[] = [];
    for (const key of keys) {
      const json = await record.prepared.json(key);
      if (json !== undefined) found.push(found.length === 0 ? json : Buffer.concat([comma, json]));
    }
    return Buffer.concat([openList, ...found, closeList]);
  }
  const rows: RawValue[][] = [];
  for (const key of keys) {
    const row = await record.prepared.row(key);
    if (row !== undefined) rows.push(row);
  }
  return joinRows(await writeRows(core, writerOf(record.plan), rows));
}

const comma = Buffer.from(',');
const openList = Buffer.from('[');
const closeList = Buffer.from(']');

/** Whether a record exists. Throws INVALID_PK_VALUE. */
export function recordExists(core: Core, table: Table, id: string): Maybe<boolean> {
  return andThen(core.reader.exist(tableRef(table), [parseKey(table, id)]), (found) => found[0] === true);
}
