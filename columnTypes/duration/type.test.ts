import { expect, test } from 'vitest';
import { InvalidValue } from '../columnType.ts';
import { duration } from './type.ts';

const context = { findPerson: () => undefined, maxTextLength: 100 };

test.each([
  [90, 90],
  ['90', 90],
  ['1:00', 3600],
  ['1:00:30', 3630],
  ['-1:30', -5400],
  ['0:05', 300],
  ['100:00', 360_000],
  ['', null],
])('%j is %j seconds', (input, seconds) => expect(duration.parse(input, {}, context)).toBe(seconds));

test.each([1.5, '1.5', '1:60', '1:00:60', ':30', '1:', '1h', '999999999999999999:00'])(
  'refuses %j',
  (input) => {
    expect(() => duration.parse(input, {}, context)).toThrow(InvalidValue);
  },
);
