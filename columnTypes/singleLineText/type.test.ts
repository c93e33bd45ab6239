import { expect, test } from 'vitest';
import { singleLineText } from './type.ts';

const context = { findPerson: () => undefined, maxTextLength: 10 };
const parse = (input: unknown) => singleLineText.parse(input, {}, context);

test('scalars become text', () => {
  expect(parse('')).toBe('');
  expect(parse(' a ')).toBe(' a ');
  expect(parse(1.5)).toBe('1.5');
  expect(parse(true)).toBe('true');
  expect(parse(123n)).toBe('123');
});

test.each([
  [{}, 'must be text, not an object'],
  [['a'], 'must be text, not a list'],
  ['a\0', 'must not contain NUL characters (U+0000)'],
  ['a\ud800', 'must be valid Unicode, but half of a surrogate pair stands alone in it'],
  ['12345678901', 'must not be longer than 10 characters'],
  ['x'.repeat(1000), 'must not be longer than 10 characters'],
])('refuses %j', (input, phrase) => expect(() => parse(input)).toThrow(phrase));

test('length counts characters, not halves of them', () => {
  expect(parse('😀'.repeat(10))).toBe('😀'.repeat(10));
  expect(() => parse('😀'.repeat(11))).toThrow('10 characters');
});
