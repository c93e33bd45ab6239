import { operatorTable, refuseValue } from '../arguments.ts';
import { type ColumnType, InvalidValue } from '../columnType.ts';
import { blankOperators, comparisonOperators, otherwise } from '../operators.ts';
import { noOptions } from '../options.ts';
import { compare } from '../query.ts';
import { formatPlain, shorten, show } from '../texts.ts';

const words: ReadonlyMap<string, boolean> = new Map([
  ...['true', 't', 'yes', 'y', 'on', '1', 'checked'].map((word) => [word, true] as const),
  ...['false', 'f', 'no', 'n', 'off', '0', 'unchecked'].map((word) => [word, false] as const),
]);

const readBoolean = (text: string): boolean | undefined => words.get(text.trim().toLowerCase());

function parse(input: unknown): boolean | null {
  if (input === undefined || input === null) return null;
  if (typeof input === 'boolean') return input;
  if (typeof input === 'number' || typeof input === 'bigint' || typeof input === 'string') {
    const text = String(input).trim();
    if (text === '') return null;
    const value = readBoolean(text);
    if (value !== undefined) return value;
  }
  throw new InvalidValue(`must be true or false, not ${show(input)}`);
}

const { eq, neq, gb_eq } = comparisonOperators((column, op, text) => {
  const value = readBoolean(text);
  if (value === undefined)
    throw refuseValue(text, `Value ${shorten(text)} is not supported for type Checkbox`);
  return compare(op, column, value);
}, true);

export const checkbox: ColumnType = {
  name: 'Checkbox',
  storage: 'boolean',
  json: 'boolean',
  filledBy: 'caller',
  options: noOptions,
  parse,
  format: formatPlain,
  operators: operatorTable(blankOperators, {
    eq,
    neq,
    gb_eq,
    checked: (column) => compare('=', column, true),
    notchecked: (column) => otherwise(column, compare('=', column, false)),
  }),
  schema: () => ({ type: 'boolean' }),
  aggregations: 'boolean',
};
