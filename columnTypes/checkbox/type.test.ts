import { expect, test } from 'vitest';
import { checkbox } from './type.ts';

const context = { findPerson: () => undefined, maxTextLength: 100 };

test.each([
  [true, true],
  [1, true],
  ['1', true],
  ['TRUE', true],
  ['yes', true],
  ['on', true],
  [false, false],
  [0, false],
  ['No', false],
  ['off', false],
  ['', null],
  [null, null],
])('%j is %j', (input, value) => expect(checkbox.parse(input, {}, context)).toBe(value));

test.each([2, -1, 'maybe', 'null', [], {}])('refuses %j', (input) => {
  expect(() => checkbox.parse(input, {}, context)).toThrow(/^must be true or false, not /);
});
