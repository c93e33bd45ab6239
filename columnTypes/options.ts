import { type ColumnType, InvalidValue } from './columnType.ts';

/** Options as a plain object; none for undefined and null. Throws InvalidValue for anything else. */
export function readOptions(input: unknown): Readonly<Record<string, unknown>> {
  if (input === undefined || input === null) return {};
  if (typeof input !== 'object' || Array.isArray(input))
    throw new InvalidValue('needs its options as an object');
  return input as Record<string, unknown>;
}

/**
 * A yes-or-no option; absent means no. Clients of databases without booleans
 * send 1 and 0. Throws InvalidValue.
 */
export function readFlag(options: Readonly<Record<string, unknown>>, key: string): boolean {
  const value = options[key];
  if (value === undefined || value === null || value === false || value === 0) return false;
  if (value === true || value === 1) return true;
  throw new InvalidValue(`needs true or false as its option '${key}'`);
}

/**
 * For types whose behaviour nothing changes. What only a screen needs, e.g. a
 * precision or a currency sign, stays in the column's `meta` and is not an option.
 */
export const noOptions: ColumnType['options'] = {
  schema: { type: 'object' },
  parse: (input) => {
    readOptions(input);
    return {};
  },
};
