import type { ColumnType } from '../columnType.ts';
import { decimalSchema, parseDecimal, readDecimal } from '../decimals.ts';
import { numberOperators } from '../numberOperators.ts';
import { noOptions } from '../options.ts';
import { formatPlain } from '../texts.ts';

/** '12.5' and '12.5%' are the same value, 12.5. */
const readPercent = (text: string): string | undefined =>
  readDecimal(text.endsWith('%') ? text.slice(0, -1) : text);

export const percent: ColumnType = {
  name: 'Percent',
  storage: 'decimal',
  json: 'number',
  filledBy: 'caller',
  options: noOptions,
  parse: (input) => parseDecimal(input, readPercent),
  format: formatPlain,
  operators: numberOperators('Percent', readPercent),
  schema: () => decimalSchema,
  aggregations: 'number',
};
