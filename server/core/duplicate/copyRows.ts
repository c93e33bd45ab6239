import {
  all,
  always,
  type Condition,
  columnOf,
  compare,
  not,
  type Value,
} from '../../../columnTypes/query.ts';
import { after, canonicalValue } from '../columns/rewrite.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Column, Table } from '../model.ts';
import type { CopiedColumn, RawValue, Transaction } from '../ports.ts';
import { columnRef, fieldOf, tableRef } from '../query/plan.ts';
import { requireTable } from '../tables/require.ts';
import type { CopiedTable } from './copyTable.ts';
import { advanceNumber } from './numbers.ts';

/** Rows of one transaction: large enough to be fast, short enough that other writes need not wait. */
const rowsAtOnce = 5_000;

/** Gives way to requests that wait. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Pair {
  readonly from: Table;
  readonly to: Table;
  readonly columns: readonly CopiedColumn[];
}

function pairOf(from: Table, to: Table, columnIds: ReadonlyMap<string, string>): Pair {
  const columns = from.columns.flatMap((column) => {
    const copy = to.columns.find((candidate) => candidate.id === columnIds.get(column.id));
    return copy === undefined ? [] : [{ from: columnRef(column), to: columnRef(copy) }];
  });
  return { from, to, columns };
}

/** Everything may have changed while the transaction waited. Throws OUT_OF_SYNC. */
async function requireUnchanged(core: Core, { from, to }: Pair): Promise<void> {
  for (const table of [from, to]) {
    const found = await core.snapshot.findTable(table.id);
    if (found?.table.schemaHash === table.schemaHash) continue;
    throw new AppError(
      'OUT_OF_SYNC',
      `Table '${table.title}' was changed while it was being copied. Start again.`,
    );
  }
}

/** The key of the last row of the next piece; undefined when what is left is less. */
async function findEnd(
  tx: Transaction,
  { from }: Pair,
  rest: Condition,
): Promise<readonly Value[] | undefined> {
  const fields = from.key.map(fieldOf);
  const order = fields.map(({ expr }) => ({ expr, direction: 'asc' as const }));
  const plan = { table: tableRef(from), fields, where: rest, order, shuffle: false, lists: 'text' as const };
  const [row] = await tx.records.rows(plan, 1, rowsAtOnce - 1);
  return row === undefined
    ? undefined
    : from.key.map((column, i) => canonicalValue(row[i] as RawValue, column.storage));
}

function upTo(key: readonly Column[], end: readonly Value[]): Condition {
  const [only] = key;
  return only !== undefined && key.length === 1
    ? compare('<=', columnOf(only.name, only.storage), end[0] as Value)
    : not(after(key.map(columnRef), end));
}

/**
 * Copies all records inside the database, a transaction for each piece;
 * `onPiece` hears how many there are so far. Returns how many there were.
 */
export async function copyRows(
  core: Core,
  originId: string,
  copy: CopiedTable,
  onPiece: (rows: number) => Promise<void>,
): Promise<number> {
  const pair = pairOf(await requireTable(core, originId), await requireTable(core, copy.id), copy.columnIds);
  let rest: Condition | undefined = always;
  let rows = 0;
  while (rest !== undefined) {
    const from: Condition = rest;
    const piece: { rows: number; end: readonly Value[] | undefined } = await core.transaction(async (tx) => {
      await requireUnchanged(core, pair);
      const end = pair.from.key.length === 0 ? undefined : await findEnd(tx, pair, from);
      const where = end === undefined ? from : all([from, upTo(pair.from.key, end)]);
      const { columns } = pair;
      const copied = await tx.records.copyRows(tableRef(pair.from), tableRef(pair.to), columns, where);
      if (end === undefined) {
        const numbered = pair.to.columns.filter((column) => column.type.filledBy === 'sequence');
        for (const column of numbered) await advanceNumber(tx, tableRef(pair.to), column);
      }
      return { rows: copied, end };
    });
    rows += piece.rows;
    rest = piece.end === undefined ? undefined : after(pair.from.key.map(columnRef), piece.end);
    await onPiece(rows);
    await nextTurn();
  }
  return rows;
}
