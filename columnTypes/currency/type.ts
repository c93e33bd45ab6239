import type { ColumnType } from '../columnType.ts';
import { decimalSchema, parseDecimal, readDecimal } from '../decimals.ts';
import { numberOperators } from '../numberOperators.ts';
import { noOptions } from '../options.ts';
import { formatPlain } from '../texts.ts';

const written = /^([+-]?)\s?(?:[A-Z]{0,3}\p{Sc}|[A-Z]{3})?\s?([+-]?)([\d.,]+)\s?(?:\p{Sc}|[A-Z]{3})?$/u;
const grouped = /^\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;

/** Plain digits, or an amount with its currency before or behind and commas between thousands: '-$1,234.50'. */
export function readAmount(text: string): string | undefined {
  const plain = readDecimal(text);
  if (plain !== undefined) return plain;
  const match = written.exec(text);
  if (match === null) return undefined;
  const [, outer = '', inner = '', amount = ''] = match;
  if (outer !== '' && inner !== '') return undefined;
  if (amount.includes(',') && !grouped.test(amount)) return undefined;
  return readDecimal(outer + inner + amount.replaceAll(',', ''));
}

export const currency: ColumnType = {
  name: 'Currency',
  storage: 'decimal',
  json: 'number',
  filledBy: 'caller',
  options: noOptions,
  parse: (input) => parseDecimal(input, readAmount),
  format: formatPlain,
  operators: numberOperators('Currency', readAmount),
  schema: () => decimalSchema,
  aggregations: 'number',
};
