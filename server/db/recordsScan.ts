import {
  all,
  any,
  type Condition,
  compare,
  isNotNull,
  isNull,
  literalOf,
  never,
  type Value,
} from '../../columnTypes/query.ts';
import type { ColumnRef, Order, RawValue, ReadField, ReadPlan } from '../core/ports.ts';
import { compile } from './compile.ts';
import type { Dialect, ReadConnection } from './engine.ts';
import { createRowReader, keyOrder, selectRows, storagesOf } from './recordsSelect.ts';

/**
 * An order that no index gives is worked out again for every piece, so its
 * pieces are larger. Rows held in memory at a time.
 */
const sortedPiece = 10_000;

const fieldOf = ({ expr }: Order, index: number): ReadField => ({
  key: `order${index}`,
  expr,
  shape: 'string',
});

/** All rows of a plan: each piece starts after the last row of the one before (never an offset). */
export async function* scanRows(
  plan: ReadPlan,
  batchSize: number,
  connection: ReadConnection,
  dialect: Dialect,
): AsyncIterable<RawValue[][]> {
  const order = scanOrder(plan);
  if (order.length === 0) {
    yield* scanByOffset(plan, batchSize, connection, dialect);
    return;
  }
  const size = keyOrder(plan.table, order) === undefined ? Math.max(batchSize, sortedPiece) : batchSize;
  const fields = [...plan.fields, ...order.map(fieldOf)];
  const read = createRowReader(storagesOf(fields), dialect);
  let last: readonly Value[] | undefined;
  for (;;) {
    const where =
      last === undefined ? plan.where : all([plan.where, followsRow(order, last, plan.table.key)]);
    const piece = compile(selectRows({ ...plan, fields, where, order, shuffle: false }, dialect), dialect);
    const params = [...piece.params.slice(0, -2), size, 0];
    const rows = read(await connection.rows({ text: piece.text, params }, 'heavy'));
    last = rows
      .at(-1)
      ?.slice(plan.fields.length)
      .map((value, index) => toValue(value, order[index] as Order));
    for (const row of rows) row.length = plan.fields.length;
    for (let start = 0; start < rows.length; start += batchSize) yield rows.slice(start, start + batchSize);
    if (rows.length < size) return;
  }
}

/** Nothing sorts after a key of one column: what follows it is left out. */
function scanOrder(plan: ReadPlan): readonly Order[] {
  if (plan.shuffle || plan.order.length === 0) return keyAsOrder(plan);
  return keyOrder(plan.table, plan.order) === undefined ? plan.order : plan.order.slice(0, 1);
}

const keyAsOrder = ({ table }: ReadPlan): Order[] =>
  table.key.map(({ name, storage }) => ({ expr: { kind: 'column', name, storage }, direction: 'asc' }));

/** For tables without a key: the only way left, and only as steady as the table is. */
async function* scanByOffset(plan: ReadPlan, size: number, connection: ReadConnection, dialect: Dialect) {
  const statement = compile(selectRows({ ...plan, shuffle: false }, dialect), dialect);
  const read = createRowReader(storagesOf(plan.fields), dialect);
  for (let offset = 0; ; offset += size) {
    const params = [...statement.params.slice(0, -2), size, offset];
    const rows = read(await connection.rows({ text: statement.text, params }, 'heavy'));
    if (rows.length > 0) yield rows;
    if (rows.length < size) return;
  }
}

/** A raw value as the canonical one: integers beyond 2^53 came as digits. */
const toValue = (raw: RawValue, { expr }: Order): Value =>
  expr.storage === 'integer' && typeof raw === 'string' ? BigInt(raw) : raw;

/**
 * Rows that come after the one with these values, NULLs first ascending and
 * last descending. Key columns are never NULL, and where only they sort the
 * condition is a plain range that an index can answer.
 */
export function followsRow(
  order: readonly Order[],
  values: readonly Value[],
  key: readonly ColumnRef[],
): Condition {
  let condition: Condition | undefined;
  for (let i = order.length - 1; i >= 0; i -= 1) {
    const { expr, direction } = order[i] as Order;
    const value = values[i] ?? null;
    const filled = expr.kind === 'column' && key.some(({ name }) => name === expr.name);
    const strictly = strictlyAfter(expr, direction, value, filled);
    const same = value === null ? isNull(expr) : compare('=', expr, literalOf(value, expr.storage));
    condition = condition === undefined ? strictly : any([strictly, all([same, condition])]);
  }
  return condition ?? never;
}

function strictlyAfter(
  expr: Order['expr'],
  direction: Order['direction'],
  value: Value,
  filled: boolean,
): Condition {
  if (value === null) return direction === 'asc' ? isNotNull(expr) : never;
  const literal = literalOf(value, expr.storage);
  if (direction === 'asc') return compare('>', expr, literal);
  return filled ? compare('<', expr, literal) : any([compare('<', expr, literal), isNull(expr)]);
}
