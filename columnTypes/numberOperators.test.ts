import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keep } from '../test/support/filtering.ts';
import { checkbox } from './checkbox/type.ts';
import { InvalidFilter } from './columnType.ts';
import { currency } from './currency/type.ts';
import { decimal } from './decimal/type.ts';
import { duration } from './duration/type.ts';
import { id } from './id/type.ts';
import { number } from './number/type.ts';
import type { Value } from './query.ts';

const huge = 9223372036854775807n;
const cells: Value[] = [-1, 0, 1, 2, 10, huge, null];

describe('whole numbers', () => {
  test.each<[string, string | null | (string | null)[], Value[]]>([
    ['eq', '1', [1]],
    ['eq', '1.0', [1]],
    ['eq', '1.5', []],
    ['eq', '9223372036854775807', [huge]],
    ['eq', '9223372036854775808', []],
    ['eq', '', [null]],
    ['eq', [null], [null]],
    ['neq', '1', [-1, 0, 2, 10, huge, null]],
    ['neq', '1.5', cells],
    ['neq', '', [-1, 0, 1, 2, 10, huge]],
    ['gt', '1.5', [2, 10, huge]],
    ['ge', '1.5', [2, 10, huge]],
    ['lt', '-0.5', [-1]],
    ['le', '1.5', [-1, 0, 1]],
    ['lt', '1e30', [-1, 0, 1, 2, 10, huge]],
    ['gt', '-1e30', [-1, 0, 1, 2, 10, huge]],
    ['gt', '1e30', []],
    ['in', '1,2.5,10', [1, 10]],
    ['in', ['1', null], [1, null]],
    ['in', '2.5', []],
    ['btw', '0.5,2', [1, 2]],
    ['nbtw', '0.5,2', [-1, 0, 10, huge, null]],
    ['like', '1', [-1, 1, 10]],
    ['nlike', '1', [0, 2, huge, null]],
    ['empty', null, [null]],
    ['notempty', null, [-1, 0, 1, 2, 10, huge]],
    ['is', 'null', [null]],
    ['isnot', 'null', [-1, 0, 1, 2, 10, huge]],
  ])('%s %j', (op, argument, kept) => expect(keep(number, op, argument, cells)).toEqual(kept));

  test('compare with any decimal as mathematics does', () => {
    const cell = fc.maxSafeInteger();
    fc.assert(
      fc.property(cell, fc.double({ noNaN: true, noDefaultInfinity: true }), (value, argument) => {
        const holds = (op: string): boolean => keep(number, op, String(argument), [value]).length === 1;
        expect(holds('eq')).toBe(value === argument);
        expect(holds('neq')).toBe(value !== argument);
        expect(holds('gt')).toBe(value > argument);
        expect(holds('ge')).toBe(value >= argument);
        expect(holds('lt')).toBe(value < argument);
        expect(holds('le')).toBe(value <= argument);
      }),
    );
  });
});

test('decimals compare exactly', () => {
  const amounts = ['0.1', '0.10000000000000000001', '2', '-3.5', null];
  expect(keep(decimal, 'gt', '0.1', amounts)).toEqual(['0.10000000000000000001', '2']);
  expect(keep(decimal, 'eq', '0.100', amounts)).toEqual(['0.1']);
  expect(keep(decimal, 'in', '2.0,-35e-1', amounts)).toEqual(['2', '-3.5']);
});

test('values may be written as the type writes them', () => {
  expect(keep(currency, 'gt', ['$1,000'], ['999', '1000.5'])).toEqual(['1000.5']);
  expect(keep(duration, 'eq', '1:00', [60, 3600])).toEqual([3600]);
});

test('a value that is no number is refused by name', () => {
  for (const op of ['eq', 'neq', 'gt', 'in']) {
    expect(() => keep(number, op, 'abc', cells)).toThrow('Value abc is not supported for type Number');
  }
  expect(() => keep(number, 'is', 'true', cells)).toThrow(InvalidFilter);
  expect(number.operators.not).toBeUndefined();
  expect(number.operators.anyof).toBeUndefined();
  expect(keep(id, 'not', '1', cells)).toEqual([-1, 0, 2, 10, huge, null]);
});

describe('Checkbox', () => {
  const boxes = [true, false, null];
  test.each<[string, string | null, Value[]]>([
    ['checked', null, [true]],
    ['notchecked', null, [false, null]],
    ['eq', 'true', [true]],
    ['eq', '0', [false]],
    ['neq', '1', [false, null]],
    ['is', 'true', [true]],
    ['isnot', 'true', [false, null]],
    ['is', 'false', [false]],
    ['is', 'null', [null]],
    ['blank', null, [null]],
  ])('%s %j', (op, argument, kept) => expect(keep(checkbox, op, argument, boxes)).toEqual(kept));

  test('refuses other words', () => {
    expect(() => keep(checkbox, 'eq', 'maybe', boxes)).toThrow(InvalidFilter);
    expect(checkbox.operators.gt).toBeUndefined();
    expect(checkbox.operators.in).toBeUndefined();
  });
});
