import { describe, expect, test } from 'vitest';
import { parseExpiry } from './expiry.ts';

const now = new Date('2030-06-01T12:00:00Z');

describe('parseExpiry', () => {
  test.each([null, '', '  '])('%j is never', (text) => expect(parseExpiry(text, now)).toBe(null));

  test.each([
    ['2031-01-02', '2031-01-02T00:00:00Z'],
    ['2031-01-02T03:04', '2031-01-02T03:04:00Z'],
    ['2031-01-02T03:04:05Z', '2031-01-02T03:04:05Z'],
    ['2031-01-02T03:04:05+02:00', '2031-01-02T01:04:05Z'],
    ['2031-01-02 03:04:05+00:00', '2031-01-02T03:04:05Z'],
    ['2030-06-01T12:00:00.001Z', '2030-06-01T12:00:00.001Z'],
  ])('%s is %s', (text, expected) => expect(parseExpiry(text, now)).toBe(Date.parse(expected)));

  test.each(['tomorrow', '0', '2031-13-01', '2031', '01/02/2031', '2030-06-01T12:00:00Z', '1999-01-01'])(
    '%s is refused',
    (text) =>
      expect(() => parseExpiry(text, now)).toThrow(expect.objectContaining({ code: 'UNPROCESSABLE' })),
  );
});
