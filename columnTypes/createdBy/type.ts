import type { ColumnType } from '../columnType.ts';
import { noOptions } from '../options.ts';
import { actorValues } from '../people.ts';

export const createdBy: ColumnType = {
  name: 'CreatedBy',
  filledBy: 'createdBy',
  options: noOptions,
  ...actorValues,
};
