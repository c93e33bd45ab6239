import { InvalidValue, type ParseContext } from '../../../columnTypes/columnType.ts';
import type { Value } from '../../../columnTypes/query.ts';
import type { Core } from '../context.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import { recordsChanged } from '../events/change.ts';
import { parseContextFor } from '../members/parseContext.ts';
import type { Base, Caller, Column, Table } from '../model.ts';
import { writeNewRows } from '../records/insert.ts';
import { shorten } from '../records/text.ts';
import { runWhereHeld } from '../records/transact.ts';
import type { ImportedBatch, RefusedRow } from './importedFile.ts';
import type { Refusals } from './report.ts';

/** Rows of one transaction: large enough to be fast, short enough that other writes need not wait. */
const transactionRows = 1000;

/** Milliseconds between two events of one import. */
const tellingInterval = 1000;

/** Refusals that speak of a row and not of the import. */
const aboutRows: ReadonlySet<ErrorCode> = new Set([
  'FIELD_UNIQUE_CONSTRAINT_VIOLATION',
  'DUPLICATE_RECORD',
  'REQUIRED_FIELD_MISSING',
  'INVALID_VALUE_FOR_FIELD',
  'INVALID_PK_VALUE',
  'DATABASE_OP_FAILED',
  'UNPROCESSABLE',
]);

export interface RowTarget {
  readonly base: Base;
  readonly table: Table;
  /** Where each column of the file goes; undefined: nowhere. */
  readonly columns: readonly (Column | undefined)[];
}

interface Row {
  readonly number: number;
  readonly values: Value[];
}

/** An empty cell of a file is no value: a database that has a default of its own fills it. */
const hasOwnDefault = (column: Column | undefined): boolean => column?.native?.hasDefault === true;

const mayBeEmpty = (column: Column): boolean => column.autoIncrement || !(column.required || column.key);

/** A row's values for its target columns, or why it cannot be stored. */
function parseRow(
  target: RowTarget,
  given: readonly unknown[],
  context: ParseContext,
): Value[] | Omit<RefusedRow, 'row'> {
  const values: Value[] = [];
  for (const [index, column] of target.columns.entries()) {
    if (column === undefined) continue;
    const raw = given[index] ?? null;
    try {
      const value = raw === null ? null : column.type.parse(raw, column.options, context);
      if (value === null && !mayBeEmpty(column))
        return { column: column.title, value: null, reason: 'a value is required' };
      values.push(value);
    } catch (error) {
      if (!(error instanceof InvalidValue)) throw error;
      return { column: column.title, value: shorten(raw), reason: error.phrase };
    }
  }
  return values;
}

function refusalOf(row: Row, error: AppError): RefusedRow {
  const field = error.details?.fieldName ?? error.details?.field;
  const value = error.details?.value;
  return {
    row: row.number,
    column: typeof field === 'string' ? field : null,
    value: value === undefined || value === null ? null : shorten(value),
    reason: error.message,
  };
}

/** Gives way to requests that wait. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Tells listeners of the base, but not of every thousand rows. */
function createTelling(core: Core, caller: Caller, table: Table) {
  let told = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  return (stored: number, last = false): void => {
    const now = core.clock().getTime();
    if (stored === told || (!last && now - toldAt < tellingInterval)) return;
    [told, toldAt] = [stored, now];
    core.events.publish(table.baseId, recordsChanged(caller, table.id, { kind: 'bulk', keys: undefined }));
  };
}

/**
 * Stores rows as they come, about a thousand in a transaction. A row that its
 * type, a key or a unique column refuses is reported and the others are kept.
 * `onBatch` hears how many are stored so far. Returns how many were.
 */
export async function storeRows(
  core: Core,
  caller: Caller,
  target: RowTarget,
  batches: AsyncIterable<ImportedBatch>,
  refusals: Refusals,
  onBatch: (stored: number) => Promise<void>,
): Promise<number> {
  const columns = target.columns.filter((column) => column !== undefined);
  const types = columns.map((column) => column.type);
  const context = await parseContextFor(core, core.stores.users, target.base, types);
  let waiting: Row[] = [];
  let stored = 0;
  const tell = createTelling(core, caller, target.table);

  const write = (rows: readonly Row[]): Promise<unknown> =>
    runWhereHeld(core, target.table, ({ records }) =>
      writeNewRows(core, caller, target.table, records, {
        columns,
        rows: rows.map(({ values }) =>
          values.map((value, index) => (value === null && hasOwnDefault(columns[index]) ? undefined : value)),
        ),
      }),
    );

  /** All of them, or by halves until the refused ones are found. */
  async function store(rows: readonly Row[]): Promise<void> {
    const [first] = rows;
    if (first === undefined) return;
    try {
      await write(rows);
      stored += rows.length;
    } catch (error) {
      if (!(error instanceof AppError) || !aboutRows.has(error.code)) throw error;
      if (rows.length === 1) return refusals.add(refusalOf(first, error));
      const half = Math.ceil(rows.length / 2);
      await store(rows.slice(0, half));
      await store(rows.slice(half));
    }
  }

  async function flush(): Promise<void> {
    const rows = waiting;
    waiting = [];
    await store(rows);
    tell(stored);
    await onBatch(stored);
    await nextTurn();
  }

  for await (const batch of batches) {
    for (const refused of batch.refused) refusals.add(refused);
    for (const [index, given] of batch.rows.entries()) {
      const row = batch.numbers[index] ?? 0;
      const values = parseRow(target, given, context);
      if (Array.isArray(values)) waiting.push({ number: row, values });
      else refusals.add({ row, ...values });
      if (waiting.length >= transactionRows) await flush();
    }
  }
  await flush();
  tell(stored, true);
  return stored;
}
