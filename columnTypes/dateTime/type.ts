import type { ColumnType } from '../columnType.ts';
import { dateOperators } from '../dateOperators.ts';
import { instantValues } from '../dates.ts';
import { noOptions } from '../options.ts';

export const dateTime: ColumnType = {
  name: 'DateTime',
  storage: 'datetime',
  json: 'string',
  filledBy: 'caller',
  options: noOptions,
  ...instantValues,
  operators: dateOperators,
  aggregations: 'date',
};
