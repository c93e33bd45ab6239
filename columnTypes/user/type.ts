import type { ColumnType } from '../columnType.ts';
import { readFlag, readOptions } from '../options.ts';
import { parsePeople, personSchema } from '../people.ts';
import { textOperators } from '../textOperators.ts';
import { formatPlain } from '../texts.ts';

export interface UserOptions {
  readonly is_multi: boolean;
}

/** Members of the base, stored as their ids separated by commas. */
export const user: ColumnType<UserOptions> = {
  name: 'User',
  storage: 'text',
  json: 'people',
  filledBy: 'caller',
  options: {
    schema: { type: 'object', properties: { is_multi: { type: 'boolean', default: false } } },
    parse: (input) => ({ is_multi: readFlag(readOptions(input), 'is_multi') }),
  },
  parse: (input, options, context) => parsePeople(input, options.is_multi, context),
  format: formatPlain,
  operators: textOperators(),
  schema: () => ({ type: 'array', items: personSchema }),
  aggregations: 'none',
};
