import { readMoment } from '../calendar.ts';
import type { ColumnType } from '../columnType.ts';
import { parseIntegerWithin, readDecimal } from '../decimals.ts';
import { numberOperators } from '../numberOperators.ts';
import { noOptions } from '../options.ts';
import { formatPlain } from '../texts.ts';

/** A year, or the year of an ISO date, so that a column of dates can become one of years. */
const readYear = (text: string): string | undefined =>
  readDecimal(readMoment(text) ? text.slice(0, 4) : text);

export const year: ColumnType = {
  name: 'Year',
  storage: 'integer',
  json: 'number',
  filledBy: 'caller',
  options: noOptions,
  parse: (input) => parseIntegerWithin(input, 0, 9999, readYear),
  format: formatPlain,
  operators: numberOperators('Year', readYear),
  schema: () => ({ type: 'integer', minimum: 0, maximum: 9999 }),
  aggregations: 'number',
};
