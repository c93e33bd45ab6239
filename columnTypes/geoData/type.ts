import { type ColumnType, InvalidValue } from '../columnType.ts';
import { readDecimal } from '../decimals.ts';
import { noOptions } from '../options.ts';
import { textOperators } from '../textOperators.ts';
import { formatPlain, parseWord, show } from '../texts.ts';

function readDegrees(text: string | undefined, most: number): string | undefined {
  const digits = readDecimal(text ?? '');
  return digits !== undefined && Math.abs(Number(digits)) <= most ? digits : undefined;
}

/** 'latitude;longitude' in decimal degrees, in canonical digits; undefined when it is none. */
function readPlace(text: string): string | undefined {
  const parts = text.split(';');
  const latitude = readDegrees(parts[0], 90);
  const longitude = readDegrees(parts[1], 180);
  return parts.length === 2 && latitude !== undefined && longitude !== undefined
    ? `${latitude};${longitude}`
    : undefined;
}

export const geoData: ColumnType = {
  name: 'GeoData',
  storage: 'text',
  json: 'string',
  filledBy: 'caller',
  options: noOptions,
  parse: (input, _options, context) => {
    const text = parseWord(input, context);
    if (text === null) return null;
    const place = readPlace(text);
    if (place !== undefined) return place;
    throw new InvalidValue(
      `must be a place, written 'latitude;longitude' in degrees (-90 to 90, -180 to 180), not ${show(input)}`,
    );
  },
  format: formatPlain,
  operators: textOperators({ normalise: (text) => readPlace(text) ?? text }),
  schema: () => ({ type: 'string', pattern: '^-?[0-9.]+;-?[0-9.]+$', examples: ['48.8583;2.2944'] }),
  aggregations: 'none',
};
