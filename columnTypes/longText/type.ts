import type { ColumnType } from '../columnType.ts';
import { noOptions } from '../options.ts';
import { textOperators } from '../textOperators.ts';
import { textValues } from '../texts.ts';

export const longText: ColumnType = {
  name: 'LongText',
  storage: 'text',
  json: 'string',
  filledBy: 'caller',
  options: noOptions,
  ...textValues,
  operators: textOperators({ emptyIsValue: true }),
  aggregations: 'none',
};
