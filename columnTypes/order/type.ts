import type { ColumnType } from '../columnType.ts';
import { decimalSchema, parseDecimal } from '../decimals.ts';
import { numberOperators } from '../numberOperators.ts';
import { noOptions } from '../options.ts';
import { formatPlain } from '../texts.ts';

/** Where a row stands by hand. A decimal, so that there is always room between two rows. */
export const order: ColumnType = {
  name: 'Order',
  storage: 'decimal',
  json: 'number',
  filledBy: 'caller',
  options: noOptions,
  parse: (input) => parseDecimal(input),
  format: formatPlain,
  operators: numberOperators('Order'),
  schema: () => decimalSchema,
  aggregations: 'none',
};
