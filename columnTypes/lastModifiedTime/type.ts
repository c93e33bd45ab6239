import type { ColumnType } from '../columnType.ts';
import { dateOperators } from '../dateOperators.ts';
import { instantValues } from '../dates.ts';
import { noOptions } from '../options.ts';

export const lastModifiedTime: ColumnType = {
  name: 'LastModifiedTime',
  storage: 'datetime',
  json: 'string',
  filledBy: 'lastModifiedTime',
  options: noOptions,
  ...instantValues,
  operators: dateOperators,
  aggregations: 'date',
};
