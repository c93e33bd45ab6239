import { InvalidValue } from './columnType.ts';
import type { Value } from './query.ts';
import { show } from './texts.ts';

/** Most digits of a decimal written out. Ours: enough for any ledger, little enough for any engine. */
export const maxDigits = 1000;
/** Texts longer than this are not looked at. */
const maxTextLength = 4 * maxDigits;

export const smallestInteger = -(2n ** 63n);
export const largestInteger = 2n ** 63n - 1n;

const written = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/**
 * A number as people and programs write it, as canonical decimal digits,
 * exactly: '1e3' is '1000', '-0.50' is '-0.5'. undefined: not a number, or more
 * than `maxDigits` digits.
 */
export function readDecimal(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > maxTextLength) return undefined;
  const match = written.exec(trimmed);
  if (match === null) return undefined;
  const whole = match[2] ?? '';
  const digits = whole + (match[3] ?? '');
  if (digits === '') return undefined;
  let start = 0;
  while (start < digits.length && digits.charCodeAt(start) === 0x30) start += 1;
  if (start === digits.length) return '0';
  let end = digits.length;
  while (digits.charCodeAt(end - 1) === 0x30) end -= 1;
  const significant = digits.slice(start, end);
  // Where the point stands, counted from the first significant digit.
  const point = whole.length - start + Number(match[4] ?? 0);
  const size = point <= 0 ? significant.length - point : Math.max(point, significant.length);
  if (!(size <= maxDigits)) return undefined;
  const sign = match[1] === '-' ? '-' : '';
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${significant}`;
  if (point >= significant.length) return sign + significant + '0'.repeat(point - significant.length);
  return `${sign}${significant.slice(0, point)}.${significant.slice(point)}`;
}

/** From a trimmed text to canonical decimal digits; undefined when it is none. */
export type ReadNumber = (text: string) => string | undefined;

/** Canonical decimal digits of an integer within 64 bits as a value; undefined for other numbers. */
export function toInteger(digits: string): number | bigint | undefined {
  if (digits.includes('.') || digits.length > 20) return undefined;
  const small = Number(digits);
  if (Number.isSafeInteger(small)) return small;
  const big = BigInt(digits);
  return big < smallestInteger || big > largestInteger ? undefined : big;
}

const isNumeric = (input: unknown): input is number | bigint =>
  typeof input === 'number' || typeof input === 'bigint';

/** Untrusted input to canonical decimal digits; '' is null. Throws InvalidValue. */
export function parseDecimal(input: unknown, read: ReadNumber = readDecimal): string | null {
  if (input === undefined || input === null) return null;
  if (isNumeric(input) || typeof input === 'string') {
    const text = String(input).trim();
    if (text === '') return null;
    const digits = read(text);
    if (digits !== undefined) return digits;
  }
  throw new InvalidValue(`must be a number of at most ${maxDigits} digits, not ${show(input)}`);
}

/**
 * Untrusted input to a 64-bit integer; '' is null. Throws InvalidValue.
 * @param noun completes "must be …"
 */
export function parseInteger(
  input: unknown,
  noun = 'a whole number',
  read: ReadNumber = readDecimal,
): number | bigint | null {
  if (input === undefined || input === null) return null;
  if (Number.isSafeInteger(input)) return (input as number) + 0; // -0 becomes 0
  if (isNumeric(input) || typeof input === 'string') {
    const text = String(input).trim();
    if (text === '') return null;
    const digits = read(text);
    const value = digits === undefined ? undefined : toInteger(digits);
    if (value !== undefined) return value;
    if (digits !== undefined && !digits.includes('.')) {
      throw new InvalidValue(`must be ${noun} within 64 bits, not ${show(input)}`);
    }
  }
  throw new InvalidValue(`must be ${noun}, not ${show(input)}`);
}

/** Like parseInteger, from `min` to `max` inclusive. */
export function parseIntegerWithin(input: unknown, min: number, max: number, read?: ReadNumber): Value {
  const noun = `a whole number from ${min} to ${max}`;
  const value = parseInteger(input, noun, read);
  if (value !== null && (value < min || value > max)) {
    throw new InvalidValue(`must be ${noun}, not ${show(input)}`);
  }
  return value;
}

/** In JSON, digits that a double cannot hold exactly travel as a string. */
export const integerSchema = { type: ['integer', 'string'], pattern: '^-?[0-9]+$' } as const;
export const decimalSchema = { type: ['number', 'string'], pattern: '^-?[0-9]+(\\.[0-9]+)?$' } as const;
