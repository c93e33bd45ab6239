import { useTranslation } from 'react-i18next';
import { displayText } from '../grid/display.ts';
import { fieldOf } from '../grid/field.ts';
import { formOf } from './aggregations.ts';
import type { Aggregates } from './useAggregates.ts';
import type { ShownColumn } from './useView.ts';

/** Aggregates that have fractions where the cells have none. */
const fractional = new Set(['avg', 'median', 'std_dev']);
const wholeTypes = new Set(['ID', 'AutoNumber', 'Number', 'Rating', 'Year', 'Decimal', 'Order']);

/** An aggregate in figures of the language; empty while it is being worked out. */
export function useAggregateText(
  { column, aggregation }: ShownColumn,
  answers: Aggregates | undefined,
): string {
  const { t, i18n } = useTranslation();
  if (aggregation === null || answers === undefined || !(column.title in answers)) return '';
  const value = answers[column.title];
  if (value === null || value === undefined) return '–';
  const write = (number: number, options: Intl.NumberFormatOptions = {}): string =>
    new Intl.NumberFormat(i18n.language, options).format(number);
  switch (formOf(aggregation)) {
    case 'count':
      return write(Number(value));
    case 'percent':
      return write(Number(value) / 100, { style: 'percent', maximumFractionDigits: 1 });
    case 'days':
      return t('views.days_count', { count: Number(value) });
    case 'months':
      return t('views.months_count', { count: Number(value) });
    case 'cell':
      if (fractional.has(aggregation)) {
        if (wholeTypes.has(column.uidt)) return write(Number(value), { maximumFractionDigits: 2 });
        if (column.uidt === 'Duration')
          return displayText(fieldOf(column), Math.round(Number(value)), i18n.language);
      }
      return displayText(fieldOf(column), value, i18n.language);
  }
}
