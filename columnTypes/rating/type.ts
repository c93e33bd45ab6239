import { type ColumnType, InvalidValue } from '../columnType.ts';
import { parseIntegerWithin } from '../decimals.ts';
import { numberOperators } from '../numberOperators.ts';
import { readOptions } from '../options.ts';
import { formatPlain } from '../texts.ts';

export interface RatingOptions {
  /** Most symbols; null: nobody set a bound. */
  readonly max: number | null;
}

/** Without a bound of its own a rating ends where JSON numbers stop being exact. */
const unbounded = Number.MAX_SAFE_INTEGER;

export const rating: ColumnType<RatingOptions> = {
  name: 'Rating',
  storage: 'integer',
  json: 'number',
  filledBy: 'caller',
  options: {
    schema: { type: 'object', properties: { max: { type: ['integer', 'null'], minimum: 1, default: null } } },
    parse: (input) => {
      const { max } = readOptions(input);
      if (max === undefined || max === null) return { max: null };
      const bound = typeof max === 'string' && /^\d{1,15}$/.test(max) ? Number(max) : max;
      if (Number.isSafeInteger(bound) && (bound as number) >= 1) return { max: bound as number };
      throw new InvalidValue("needs a whole number from 1 as its option 'max'");
    },
  },
  parse: (input, options) => parseIntegerWithin(input, 0, options.max ?? unbounded),
  format: formatPlain,
  operators: numberOperators('Rating'),
  // The bound may have been lowered after values were stored, so it is not part of the schema.
  schema: () => ({ type: 'integer', minimum: 0 }),
  aggregations: 'number',
};
