import fc from 'fast-check';
import { expect, it } from 'vitest';
import { differenceInDays, differenceInMonths, middleDecimal, subtractDecimals } from './arithmetic.ts';

const cents = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const asDecimal = (n: bigint): string => subtractDecimals(`${n < 0n ? '-' : ''}${pad(n < 0n ? -n : n)}`, '0');
const pad = (n: bigint): string => {
  const digits = n.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

it('subtracts exactly at any length', () => {
  expect(subtractDecimals('0.3', '0.1')).toBe('0.2');
  expect(subtractDecimals('1', '1')).toBe('0');
  expect(subtractDecimals('-0.5', '0.25')).toBe('-0.75');
  fc.assert(
    fc.property(cents, cents, (a, b) => {
      expect(subtractDecimals(asDecimal(a), asDecimal(b))).toBe(asDecimal(a - b));
    }),
  );
});

it('finds a number strictly between two different ones', () => {
  expect(middleDecimal('1', '2')).toBe('1.5');
  expect(middleDecimal('-1', '0')).toBe('-0.5');
  fc.assert(
    fc.property(cents, cents, (a, b) => {
      fc.pre(a !== b);
      const middle = middleDecimal(asDecimal(a), asDecimal(b));
      const below = subtractDecimals(middle, asDecimal(a)).startsWith('-');
      const above = subtractDecimals(middle, asDecimal(b)).startsWith('-');
      expect(below).not.toBe(above);
    }),
  );
});

it('counts days and months', () => {
  expect(differenceInDays('2024-02-28', '2024-03-01')).toBe(2);
  expect(differenceInDays('2023-12-31 23:59:59+00:00', '2024-01-01 00:00:00+00:00')).toBe(1);
  expect(differenceInMonths('2023-11-30', '2024-02-01')).toBe(3);
});
