import type { ColumnType } from '../columnType.ts';
import { integerSchema, parseInteger } from '../decimals.ts';
import { numberOperators } from '../numberOperators.ts';
import { noOptions } from '../options.ts';
import { formatPlain } from '../texts.ts';

export const number: ColumnType = {
  name: 'Number',
  storage: 'integer',
  json: 'number',
  filledBy: 'caller',
  options: noOptions,
  parse: (input) => parseInteger(input),
  format: formatPlain,
  operators: numberOperators('Number'),
  schema: () => integerSchema,
  aggregations: 'number',
};
