import { describe, expect, test } from 'vitest';
import { keep } from '../../test/support/filtering.ts';
import { InvalidValue } from '../columnType.ts';
import { json } from './type.ts';

const context = { findPerson: () => undefined, maxTextLength: 1000 };
const parse = (input: unknown) => json.parse(input, {}, context);
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('values', () => {
  test.each([
    [{ a: [1, null, 'x'] }, '{"a":[1,null,"x"]}'],
    ['{ "a" : 1.0 }', '{"a":1}'],
    ['"text"', '"text"'],
    [5, '5'],
    [false, 'false'],
    ['', null],
    ['null', null],
    [{ ['__proto__']: 1 }, '{"__proto__":1}'],
    ['{"__proto__":{"a":1}}', '{"__proto__":{"a":1}}'],
  ])('%j is %j', (input, value) => expect(parse(input)).toBe(value));

  test('keeps every digit of numbers in JSON text', () => {
    const text = '{"id":12345678901234567890,"pi":3.14159265358979323846,"list":[-9007199254740993]}';
    expect(parse(text)).toBe(text);
    expect(parse('[1e400]')).toBe(`[1${'0'.repeat(400)}]`);
    expect(() => parse('[1e4000]')).toThrow('1000 digits');
  });

  test.each([
    ['{bad', "must be JSON or JSON text, but '{bad' is not valid JSON"],
    ['text', 'is not valid JSON'],
    ['"\\u0000"', 'must not contain NUL characters'],
    [['\ud800'], 'must be valid Unicode'],
    [{ '\0': 1 }, 'must not contain NUL characters'],
    [nested(101), 'must not be nested deeper than 100 levels'],
    [nested(1_000_000), 'nested deeper'],
  ])('refuses %.40s', (input, phrase) => expect(() => parse(input)).toThrow(phrase));

  test('nests to the limit', () => {
    expect(parse(nested(100))).toBe(nested(100));
    expect(() => parse(JSON.parse(nested(5000)))).toThrow(InvalidValue);
  });
});

test('filters compare the canonical text', () => {
  const cells = ['{"a":1}', '"abc"', '5', null];
  expect(keep(json, 'eq', ['{ "a": 1 }'], cells)).toEqual(['{"a":1}']);
  expect(keep(json, 'eq', 'abc', cells)).toEqual(['"abc"']);
  expect(keep(json, 'neq', '5', cells)).toEqual(['{"a":1}', '"abc"', null]);
  expect(keep(json, 'like', 'AB', cells)).toEqual(['"abc"']);
  expect(keep(json, 'nlike', 'AB', cells)).toEqual(['{"a":1}', '5', null]);
});
