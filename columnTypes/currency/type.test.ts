import { expect, test } from 'vitest';
import { InvalidValue } from '../columnType.ts';
import { percent } from '../percent/type.ts';
import { currency } from './type.ts';

const context = { findPerson: () => undefined, maxTextLength: 100 };

test.each([
  [5, '5'],
  ['$5', '5'],
  ['-$5', '-5'],
  ['$-5', '-5'],
  ['$1,234.50', '1234.5'],
  ['1,234,567', '1234567'],
  ['5 €', '5'],
  ['€ 5', '5'],
  ['USD 5', '5'],
  ['CA$5', '5'],
  ['5 CHF', '5'],
  ['1e3', '1000'],
  ['', null],
])('%j is %j', (input, amount) => expect(currency.parse(input, {}, context)).toBe(amount));

test.each(['$', '1,23', '1.234,50', '-$-5', '12,34,567', 'abc', '5 dollars', '$5$5', true, []])(
  'refuses %j',
  (input) => {
    expect(() => currency.parse(input, {}, context)).toThrow(InvalidValue);
  },
);

test('a percentage may carry its sign', () => {
  expect(percent.parse('12.50%', {}, context)).toBe('12.5');
  expect(percent.parse('12 %', {}, context)).toBe('12');
  expect(() => percent.parse('%', {}, context)).toThrow(InvalidValue);
});
