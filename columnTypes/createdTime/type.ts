import type { ColumnType } from '../columnType.ts';
import { dateOperators } from '../dateOperators.ts';
import { instantValues } from '../dates.ts';
import { noOptions } from '../options.ts';

export const createdTime: ColumnType = {
  name: 'CreatedTime',
  storage: 'datetime',
  json: 'string',
  filledBy: 'createdTime',
  options: noOptions,
  ...instantValues,
  operators: dateOperators,
  aggregations: 'date',
};
