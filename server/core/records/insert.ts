import type { ParseContext } from '../../../columnTypes/columnType.ts';
import type { Value } from '../../../columnTypes/query.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import { parseContextFor } from '../members/parseContext.ts';
import type { Base, Caller, Column, Table } from '../model.ts';
import type { RawValue, RecordWriter } from '../ports.ts';
import { columnRef, tableRef } from '../query/plan.ts';
import { parseValue, requireRow, typesIn, type UnknownFields, walkRow, writeShape } from './fields.ts';
import { prepareInsertFill } from './fill.ts';
import { type Place, refuseMissing } from './refusals.ts';
import { changed, writeRecords } from './transact.ts';
import { nameViolations } from './violations.ts';

/** The table a write is about, with the base whose members it may name. */
export interface WriteTarget {
  readonly base: Base;
  readonly table: Table;
}

export interface WriteInput {
  /** Untrusted records, keyed by title, physical name or id. */
  readonly rows: readonly unknown[];
  /** The caller sent one record and not a list: errors need no index. */
  readonly single: boolean;
  readonly unknownFields: UnknownFields;
  /** Takes the numbers that the records bring as their keys, for records that come back; otherwise they are counted. */
  readonly keepKeys?: boolean;
}

/** Validated records, ready to be written. */
export interface NewRows {
  readonly columns: readonly Column[];
  /** undefined: left to the database's own default. */
  readonly rows: readonly (Value | undefined)[][];
}

/** The database has a default of its own for it, which only an insert without the column brings. */
const hasOwnDefault = (column: Column): boolean => column.native?.hasDefault === true;

/** Throws MAX_PAYLOAD_LIMIT_EXCEEDED. */
export function checkPayload(core: Core, count: number): void {
  const { payloadLimit } = core.settings;
  if (count <= payloadLimit) return;
  throw new AppError(
    'MAX_PAYLOAD_LIMIT_EXCEEDED',
    `Maximum ${payloadLimit} entities are allowed per request`,
  );
}

/** What parsing the fields of these records may look up. */
export function contextFor(core: Core, target: WriteTarget, rows: readonly unknown[]): Promise<ParseContext> {
  const defaults = target.table.columns.filter((column) => column.defaultValue !== null);
  const types = [...typesIn(target.table, rows), ...defaults.map((column) => column.type)];
  return parseContextFor(core, core.stores.users, target.base, types);
}

/** Columns an insert may fill from the record or its defaults. */
const isOpen = (column: Column): boolean =>
  column.native?.readOnly !== true &&
  !column.autoIncrement &&
  (column.key || !column.system) &&
  ['caller', 'key'].includes(column.type.filledBy);

function parseDefaults(table: Table, context: ParseContext): (Value | undefined)[] {
  return table.columns.map((column) =>
    column.defaultValue === null || !isOpen(column)
      ? undefined
      : parseValue(column, column.defaultValue, context, undefined),
  );
}

/**
 * Every record validated, none written. Throws INVALID_VALUE_FOR_FIELD,
 * INVALID_CHOICE, REQUIRED_FIELD_MISSING, UNPROCESSABLE, BAD_REQUEST.
 */
export function decodeNewRows(
  table: Table,
  inputs: readonly { readonly row: unknown; readonly place: Place }[],
  unknownFields: UnknownFields,
  context: ParseContext,
  keepKeys = false,
): NewRows {
  const defaults = parseDefaults(table, context);
  const isFilled = (column: Column): boolean => isOpen(column) || (keepKeys && column.autoIncrement);
  const open = table.columns.flatMap((column, position) => (isFilled(column) ? [{ column, position }] : []));
  const used = defaults.map((value) => value !== undefined);
  const wide: (Value | undefined)[][] = inputs.map(({ row, place }) => {
    const values = [...defaults];
    walkRow(table, requireRow(row, place), place, unknownFields, (target, given) => {
      if ((target.column.autoIncrement && !keepKeys) || given === undefined) return;
      values[target.position] = parseValue(target.column, given, context, place);
      used[target.position] = true;
    });
    for (const { column, position } of open) {
      if ((column.required || column.key) && (values[position] ?? null) === null)
        throw refuseMissing(column, place);
    }
    return values;
  });
  const kept = open.filter(({ position }) => used[position] === true);
  return {
    columns: kept.map(({ column }) => column),
    rows: wide.map((values) =>
      kept.map(({ column, position }) =>
        values[position] === undefined && !hasOwnDefault(column) ? null : values[position],
      ),
    ),
  };
}

/** Writes validated records; part of a transaction. Returns their keys in the table's key order. */
export async function writeNewRows(
  core: Core,
  caller: Caller,
  table: Table,
  writer: RecordWriter,
  fresh: NewRows,
): Promise<RawValue[][]> {
  if (fresh.rows.length === 0) return [];
  if (fresh.columns.some(hasOwnDefault)) return writeInGroups(core, caller, table, writer, fresh);
  return writeAlike(core, caller, table, writer, fresh);
}

/** Records that leave the same columns to the database share an insert. Answers the keys in the order of the records. */
async function writeInGroups(...args: Parameters<typeof writeAlike>): Promise<RawValue[][]> {
  const [core, caller, table, writer, fresh] = args;
  const groups = Map.groupBy(fresh.rows.keys(), (index) =>
    (fresh.rows[index] ?? []).map((value) => (value === undefined ? 0 : 1)).join(''),
  );
  const keys: RawValue[][] = [];
  for (const [signature, indexes] of groups) {
    const given = [...signature].flatMap((flag, position) => (flag === '1' ? [position] : []));
    const written = await writeAlike(core, caller, table, writer, {
      columns: given.flatMap((position) => fresh.columns[position] ?? []),
      rows: indexes.map((index) => given.map((position) => fresh.rows[index]?.[position] ?? null)),
    });
    for (const [n, index] of indexes.entries()) keys[index] = written[n] ?? [];
  }
  return keys;
}

async function writeAlike(
  core: Core,
  caller: Caller,
  table: Table,
  writer: RecordWriter,
  fresh: NewRows,
): Promise<RawValue[][]> {
  const fills = await prepareInsertFill(core, caller, writer, writeShape(table).filled, fresh.rows.length);
  const columns = [...fresh.columns, ...fills.map((fill) => fill.column)];
  const rows = fresh.rows.map((row) => [
    ...row.map((value) => value ?? null),
    ...fills.map((fill) => fill.next()),
  ]);
  if (columns.length === 0) {
    // a record of nothing but its number: some column must be named in an insert
    const any = table.columns.find(
      (column) => !column.autoIncrement && column.native?.readOnly !== true && !hasOwnDefault(column),
    );
    if (any !== undefined) {
      columns.push(any);
      for (const row of rows) row.push(null);
    }
  }
  return nameViolations(table, async () => writer.insert(tableRef(table), columns.map(columnRef), rows));
}

/** Inserts all records or none. Returns their keys, in order, values in the table's key order. */
export async function insertRecords(
  core: Core,
  caller: Caller,
  target: WriteTarget,
  input: WriteInput,
): Promise<RawValue[][]> {
  checkPayload(core, input.rows.length);
  if (input.rows.length === 0) return [];
  const context = await contextFor(core, target, input.rows);
  const inputs = input.rows.map((row, i) => ({ row, place: input.single ? undefined : i }));
  const fresh = decodeNewRows(target.table, inputs, input.unknownFields, context, input.keepKeys);
  return writeRecords(
    core,
    caller,
    target.table,
    (tx) => writeNewRows(core, caller, target.table, tx.records, fresh),
    (keys) => changed('insert', keys),
  );
}
