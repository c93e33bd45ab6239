import type { ColumnType } from '../columnType.ts';
import { integerSchema, parseInteger } from '../decimals.ts';
import { keyOperators } from '../numberOperators.ts';
import { noOptions } from '../options.ts';
import { formatPlain } from '../texts.ts';

export const id: ColumnType = {
  name: 'ID',
  storage: 'integer',
  json: 'number',
  filledBy: 'key',
  options: noOptions,
  parse: (input) => parseInteger(input),
  format: formatPlain,
  operators: keyOperators('ID'),
  schema: () => integerSchema,
  aggregations: 'number',
};
