import type { ColumnType } from '../columnType.ts';
import { integerSchema, parseInteger } from '../decimals.ts';
import { keyOperators } from '../numberOperators.ts';
import { noOptions } from '../options.ts';
import { formatPlain } from '../texts.ts';

export const autoNumber: ColumnType = {
  name: 'AutoNumber',
  storage: 'integer',
  json: 'number',
  filledBy: 'sequence',
  options: noOptions,
  parse: (input) => parseInteger(input),
  format: formatPlain,
  operators: keyOperators('AutoNumber'),
  schema: () => integerSchema,
  aggregations: 'number',
};
