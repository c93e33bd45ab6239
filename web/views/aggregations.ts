import { findColumnType } from '../../columnTypes/index.ts';
import type { Column } from '../api/shapes.ts';

const ofEvery = [
  'count',
  'count_empty',
  'count_filled',
  'count_unique',
  'percent_empty',
  'percent_filled',
  'percent_unique',
];
const ofFamily: Readonly<Record<string, readonly string[]>> = {
  none: [],
  number: ['sum', 'avg', 'median', 'min', 'max', 'range', 'std_dev'],
  date: ['earliest_date', 'latest_date', 'date_range', 'month_range'],
  boolean: ['checked', 'unchecked', 'percent_checked', 'percent_unchecked'],
};

/** What the database can work out over a column: that of its type first. */
export const aggregationsOf = (column: Pick<Column, 'uidt'>): readonly string[] => [
  ...(ofFamily[findColumnType(column.uidt)?.aggregations ?? 'none'] ?? []),
  ...ofEvery,
];

/** How an answer is written. */
export type AggregateForm = 'cell' | 'count' | 'percent' | 'days' | 'months';

export function formOf(aggregation: string): AggregateForm {
  if (aggregation.startsWith('percent_')) return 'percent';
  if (aggregation.startsWith('count') || aggregation === 'checked' || aggregation === 'unchecked')
    return 'count';
  if (aggregation === 'date_range') return 'days';
  if (aggregation === 'month_range') return 'months';
  // the sum of amounts is an amount: shown as its cells are
  return 'cell';
}
