import type { ColumnType } from '../columnType.ts';
import { noOptions } from '../options.ts';
import { actorValues } from '../people.ts';

export const lastModifiedBy: ColumnType = {
  name: 'LastModifiedBy',
  filledBy: 'lastModifiedBy',
  options: noOptions,
  ...actorValues,
};
