import { describe, expect, test } from 'vitest';
import { expiryOf, inputDay } from './lifetime.ts';

const now = new Date('2030-06-01T12:00:00Z');

describe('lifetime of a token', () => {
  test('never by default', () => expect(expiryOf('never', '2031-01-01', now)).toBeNull());

  test.each([
    ['7', '2030-06-08T12:00:00.000Z'],
    ['365', '2031-06-01T12:00:00.000Z'],
  ] as const)('%s days', (days, expected) => expect(expiryOf(days, '', now)).toBe(expected));

  test('a date counts to the end of its day where the person is', () => {
    const expiry = new Date(expiryOf('date', '2031-02-03', now) ?? '');
    expect(inputDay(expiry)).toBe('2031-02-03');
    expect([expiry.getHours(), expiry.getMinutes(), expiry.getSeconds()]).toEqual([23, 59, 59]);
  });
});
