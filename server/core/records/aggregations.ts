import type { JsonShape } from '../../../columnTypes/columnType.ts';
import type { AggregateName } from '../../../columnTypes/query.ts';
import {
  all,
  any,
  type Condition,
  columnOf,
  compare,
  type Expr,
  isNotNull,
  literalOf as literal,
  not,
} from '../../../columnTypes/query.ts';
import type { Column } from '../model.ts';
import type { RawValue, ReadField } from '../ports.ts';
import { differenceInDays, differenceInMonths, subtractDecimals } from './arithmetic.ts';

/**
 * Every aggregation of the wire: what it asks the engine for and how the answer
 * is made of it. `family` names the columns that have it (ColumnType.aggregations).
 */
export interface Aggregation {
  readonly family: 'every' | 'number' | 'date' | 'boolean';
  readonly fields: (column: Column) => readonly Omit<ReadField, 'key'>[];
  readonly finish: (values: readonly RawValue[]) => RawValue;
}

type Field = Omit<ReadField, 'key'>;
const asExpr = (column: Column): Expr => columnOf(column.name, column.storage);
const first = (values: readonly RawValue[]): RawValue => values[0] ?? null;

const rows: Field = {
  expr: { kind: 'aggregate', name: 'count', of: null, storage: 'integer' },
  shape: 'number',
};

/** How many rows meet the condition. */
function countWhen(condition: Condition): Field {
  const one: Expr = {
    kind: 'case',
    branches: [{ when: condition, value: literal(1, 'integer') }],
    otherwise: literal(null, 'integer'),
    storage: 'integer',
  };
  return { expr: { kind: 'aggregate', name: 'count', of: one, storage: 'integer' }, shape: 'number' };
}

/** Null and, in texts, the empty string are empty. */
function isFilled(column: Column): Condition {
  const expr = asExpr(column);
  return column.storage === 'text' ? all([isNotNull(expr), compare('<>', expr, '')]) : isNotNull(expr);
}

const isChecked = (column: Column): Condition =>
  all([isNotNull(asExpr(column)), compare('=', asExpr(column), true)]);

function ofColumn(column: Column, name: AggregateName): Field {
  const storage =
    name === 'count' || name === 'countDistinct'
      ? 'integer'
      : name === 'min' || name === 'max'
        ? column.storage
        : 'decimal';
  const shape: JsonShape = ['date', 'datetime', 'time', 'text'].includes(storage) ? 'string' : 'number';
  return { expr: { kind: 'aggregate', name, of: asExpr(column), storage }, shape };
}

const simple = (family: Aggregation['family'], name: AggregateName): Aggregation => ({
  family,
  fields: (column) => [ofColumn(column, name)],
  finish: first,
});

const counted = (family: Aggregation['family'], condition: (column: Column) => Condition): Aggregation => ({
  family,
  fields: (column) => [countWhen(condition(column))],
  finish: first,
});

/** A share of all rows, 0 to 100; of no rows 0. */
const share = (family: Aggregation['family'], part: (column: Column) => Field): Aggregation => ({
  family,
  fields: (column) => [part(column), rows],
  finish: ([some, total]) => (Number(total) === 0 ? 0 : (Number(some) / Number(total)) * 100),
});

const span = (
  family: Aggregation['family'],
  between: (min: string | number, max: string | number) => RawValue,
): Aggregation => ({
  family,
  fields: (column) => [ofColumn(column, 'min'), ofColumn(column, 'max')],
  finish: ([min, max]) =>
    min === null || min === undefined || max === null || max === undefined
      ? null
      : between(min as string | number, max as string | number),
});

export const aggregations: Readonly<Record<string, Aggregation>> = {
  count: { family: 'every', fields: () => [rows], finish: first },
  count_empty: counted('every', (column) => not(isFilled(column))),
  count_filled: counted('every', isFilled),
  count_unique: simple('every', 'countDistinct'),
  percent_empty: share('every', (column) => countWhen(not(isFilled(column)))),
  percent_filled: share('every', (column) => countWhen(isFilled(column))),
  percent_unique: share('every', (column) => ofColumn(column, 'countDistinct')),
  none: { family: 'every', fields: () => [], finish: () => null },
  sum: simple('number', 'sum'),
  min: simple('number', 'min'),
  max: simple('number', 'max'),
  avg: simple('number', 'avg'),
  median: simple('number', 'median'),
  std_dev: simple('number', 'stdDev'),
  range: span('number', (min, max) => subtractDecimals(String(max), String(min))),
  earliest_date: simple('date', 'min'),
  latest_date: simple('date', 'max'),
  date_range: span('date', (min, max) => differenceInDays(String(min), String(max))),
  month_range: span('date', (min, max) => differenceInMonths(String(min), String(max))),
  checked: counted('boolean', isChecked),
  unchecked: counted('boolean', (column) =>
    any([not(isNotNull(asExpr(column))), compare('=', asExpr(column), false)]),
  ),
  percent_checked: share('boolean', (column) => countWhen(isChecked(column))),
  percent_unchecked: share('boolean', (column) =>
    countWhen(any([not(isNotNull(asExpr(column))), compare('=', asExpr(column), false)])),
  ),
};

/** Whether a column of the type answers the aggregation. */
export function fitsColumn(aggregation: Aggregation, column: Column): boolean {
  return aggregation.family === 'every' || aggregation.family === column.type.aggregations;
}
