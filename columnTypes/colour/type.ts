import { type ColumnType, InvalidValue } from '../columnType.ts';
import { noOptions } from '../options.ts';
import { textOperators } from '../textOperators.ts';
import { formatPlain, parseWord, show } from '../texts.ts';

/** '#rgb' or '#rrggbb' in any case as '#rrggbb' in lower case; undefined when it is neither. */
function readColour(text: string): string | undefined {
  const lower = text.trim().toLowerCase();
  if (/^#[0-9a-f]{6}$/.test(lower)) return lower;
  return /^#[0-9a-f]{3}$/.test(lower) ? lower.replace(/[0-9a-f]/g, '$&$&') : undefined;
}

export const colour: ColumnType = {
  name: 'Colour',
  storage: 'text',
  json: 'string',
  filledBy: 'caller',
  options: noOptions,
  parse: (input, _options, context) => {
    const text = parseWord(input, context);
    if (text === null) return null;
    const colour = readColour(text);
    if (colour === undefined)
      throw new InvalidValue(`must be a colour, written '#rrggbb', not ${show(input)}`);
    return colour;
  },
  format: formatPlain,
  operators: textOperators({ normalise: (text) => readColour(text) ?? text }),
  schema: () => ({ type: 'string', pattern: '^#[0-9a-f]{6}$' }),
  aggregations: 'none',
};
