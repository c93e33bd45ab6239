import type { ColumnType } from '../columnType.ts';
import { decimalSchema, parseDecimal } from '../decimals.ts';
import { numberOperators } from '../numberOperators.ts';
import { noOptions } from '../options.ts';
import { formatPlain } from '../texts.ts';

export const decimal: ColumnType = {
  name: 'Decimal',
  storage: 'decimal',
  json: 'number',
  filledBy: 'caller',
  options: noOptions,
  parse: (input) => parseDecimal(input),
  format: formatPlain,
  operators: numberOperators('Decimal'),
  schema: () => decimalSchema,
  aggregations: 'number',
};
