import { type ChoiceOptions, choiceOptions, parseChoice, titleSchema } from '../choices.ts';
import type { ColumnType } from '../columnType.ts';
import { isItem, textOperators } from '../textOperators.ts';
import { formatPlain } from '../texts.ts';

export const singleSelect: ColumnType<ChoiceOptions> = {
  name: 'SingleSelect',
  storage: 'text',
  json: 'string',
  filledBy: 'caller',
  options: choiceOptions(true),
  parse: parseChoice,
  format: formatPlain,
  operators: textOperators({ holds: isItem }),
  schema: titleSchema,
  aggregations: 'none',
};
