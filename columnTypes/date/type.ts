import type { ColumnType } from '../columnType.ts';
import { dateOperators } from '../dateOperators.ts';
import { parseDay } from '../dates.ts';
import { noOptions } from '../options.ts';
import { formatPlain } from '../texts.ts';

export const date: ColumnType = {
  name: 'Date',
  storage: 'date',
  json: 'string',
  filledBy: 'caller',
  options: noOptions,
  parse: parseDay,
  format: formatPlain,
  operators: dateOperators,
  schema: () => ({ type: 'string', format: 'date' }),
  aggregations: 'date',
};
