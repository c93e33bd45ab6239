import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidValue } from './columnType.ts';
import { maxDigits, parseDecimal, parseInteger, parseIntegerWithin, readDecimal } from './decimals.ts';

describe('readDecimal', () => {
  test.each([
    ['0', '0'],
    ['-0', '0'],
    ['+7', '7'],
    ['007', '7'],
    ['1.50', '1.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['-0.0', '0'],
    ['1e3', '1000'],
    ['1.25e1', '12.5'],
    ['125e-4', '0.0125'],
    ['1E+2', '100'],
    [' 12 ', '12'],
    ['0e999999999999', '0'],
    [
      '123456789012345678901234567890.000000000000000000001',
      '123456789012345678901234567890.000000000000000000001',
    ],
  ])('%s is %s', (text, digits) => expect(readDecimal(text)).toBe(digits));

  test.each([
    '',
    ' ',
    '.',
    '-',
    'e5',
    '1e',
    '1e5.5',
    '0x10',
    'abc',
    '1,5',
    '1_000',
    'Infinity',
    'NaN',
    '--1',
    '1 2',
    '٣',
  ])('refuses %j', (text) => expect(readDecimal(text)).toBeUndefined());

  test('bounds its digits, and no exponent makes it work', () => {
    expect(readDecimal('9'.repeat(maxDigits))).toHaveLength(maxDigits);
    expect(readDecimal('9'.repeat(maxDigits + 1))).toBeUndefined();
    expect(readDecimal(`1e${maxDigits - 1}`)).toHaveLength(maxDigits);
    expect(readDecimal(`1e${maxDigits}`)).toBeUndefined();
    expect(readDecimal(`1e-${maxDigits}`)).toHaveLength(maxDigits + 2);
    expect(readDecimal(`1e-${maxDigits + 1}`)).toBeUndefined();
    expect(readDecimal(`1e${'9'.repeat(400)}`)).toBeUndefined();
    expect(readDecimal(`1e-${'9'.repeat(400)}`)).toBeUndefined();
    expect(readDecimal('0'.repeat(100_000))).toBeUndefined();
  });

  test('keeps every double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (n) => {
        expect(Number(readDecimal(String(n)))).toBe(n === 0 ? 0 : n);
      }),
    );
  });

  test('is exact: any spelling of a number has one canonical form', () => {
    const places = fc.integer({ min: 0, max: 300 });
    fc.assert(
      fc.property(fc.bigInt(), places, places, (digits, shift, zeros) => {
        const canonical = readDecimal(`${digits}e-${shift}`);
        expect(readDecimal(`${digits}${'0'.repeat(zeros)}e-${shift + zeros}`)).toBe(canonical);
        expect(readDecimal(`${digits}e${zeros}`)).toBe(String(digits * 10n ** BigInt(zeros)));
        expect(canonical).toMatch(/^(0|-?(0|[1-9]\d*)(\.\d*[1-9])?)$/);
        expect(canonical).not.toMatch(/^-0$/);
      }),
    );
  });
});

describe('parseInteger', () => {
  test('holds 64 bits and no more', () => {
    expect(parseInteger('9223372036854775807')).toBe(9223372036854775807n);
    expect(parseInteger('-9223372036854775808')).toBe(-9223372036854775808n);
    expect(parseInteger('9007199254740991')).toBe(9007199254740991);
    expect(parseInteger('9007199254740993')).toBe(9007199254740993n);
    expect(parseInteger(9007199254740994)).toBe(9007199254740994n);
    expect(() => parseInteger('9223372036854775808')).toThrow('must be a whole number within 64 bits');
    expect(() => parseInteger(1e300)).toThrow('within 64 bits');
  });

  test('knows whole numbers in every spelling', () => {
    expect(parseInteger('1.0')).toBe(1);
    expect(parseInteger('1e3')).toBe(1000);
    expect(Object.is(parseInteger(-0), 0)).toBe(true);
    expect(parseInteger('-0')).toBe(0);
    expect(parseInteger(12n)).toBe(12);
  });

  test.each([1.5, '1.5', 'abc', true, [], {}, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses %j',
    (input) => {
      expect(() => parseInteger(input)).toThrow(InvalidValue);
    },
  );
});

test('phrases name the value and what was wanted', () => {
  expect(() => parseDecimal('abc')).toThrow("must be a number of at most 1000 digits, not 'abc'");
  expect(() => parseDecimal([])).toThrow('not a list');
  expect(() => parseInteger('1.5')).toThrow("must be a whole number, not '1.5'");
  expect(() => parseIntegerWithin(6, 0, 5)).toThrow('must be a whole number from 0 to 5, not 6');
});
