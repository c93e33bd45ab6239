import { type ChoiceOptions, choiceOptions, parseChoices, titleSchema } from '../choices.ts';
import type { ColumnType } from '../columnType.ts';
import { textOperators } from '../textOperators.ts';
import { formatPlain } from '../texts.ts';

/** Several choices, stored as their titles separated by commas. */
export const multiSelect: ColumnType<ChoiceOptions> = {
  name: 'MultiSelect',
  storage: 'text',
  json: 'list',
  filledBy: 'caller',
  options: choiceOptions(false),
  parse: parseChoices,
  format: formatPlain,
  operators: textOperators(),
  schema: (options, lists) =>
    lists === 'text' ? { type: 'string' } : { type: 'array', items: titleSchema(options) },
  aggregations: 'none',
};
