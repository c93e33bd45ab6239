import { expect, test } from 'vitest';
import { year } from '../year/type.ts';
import { rating } from './type.ts';

const context = { findPerson: () => undefined, maxTextLength: 100 };

test('the bound is that of the options', () => {
  expect(rating.parse(7, { max: null }, context)).toBe(7);
  expect(rating.parse('5', { max: 5 }, context)).toBe(5);
  expect(() => rating.parse(6, { max: 5 }, context)).toThrow('must be a whole number from 0 to 5, not 6');
  expect(() => rating.parse(-1, { max: null }, context)).toThrow('must be a whole number from 0');
});

test('options', () => {
  expect(rating.options.parse({ max: 10, icon: { full: 'star' } })).toEqual({ max: 10 });
  expect(rating.options.parse({ max: '10' })).toEqual({ max: 10 });
  for (const max of [0, -1, 1.5, 'many', {}])
    expect(() => rating.options.parse({ max })).toThrow("option 'max'");
});

test('a year is the year of a date too', () => {
  expect(year.parse('2024', {}, context)).toBe(2024);
  expect(year.parse('2024-05-31', {}, context)).toBe(2024);
  for (const input of [-1, 10_000, 20.24, 'MMXXIV']) {
    expect(() => year.parse(input, {}, context)).toThrow('must be a whole number from 0 to 9999');
  }
});
