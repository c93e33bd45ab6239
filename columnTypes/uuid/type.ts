import { type ColumnType, InvalidValue } from '../columnType.ts';
import { noOptions } from '../options.ts';
import { textOperators } from '../textOperators.ts';
import { formatPlain, parseWord, show } from '../texts.ts';

const written = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const uuid: ColumnType = {
  name: 'UUID',
  storage: 'text',
  json: 'string',
  filledBy: 'uuid',
  options: noOptions,
  parse: (input, _options, context) => {
    const text = parseWord(input, context)?.toLowerCase() ?? null;
    if (text === null || written.test(text)) return text;
    throw new InvalidValue(`must be a UUID, e.g. '0b6ec8f6-6d0c-4d2a-9a3f-1d8a5a0c7e11', not ${show(input)}`);
  },
  format: formatPlain,
  operators: textOperators({ normalise: (text) => text.toLowerCase() }),
  schema: () => ({ type: 'string', pattern: written.source }),
  aggregations: 'none',
};
