import { describe, expect, test } from 'vitest';
import { formatDistance, readInstant } from './dates.ts';

const now = new Date('2030-06-01T12:00:00Z');

describe('dates', () => {
  test.each([
    ['2030-06-01T12:00:00Z', 'now', 'maintenant'],
    ['2030-06-01T11:59:01Z', 'now', 'maintenant'],
    ['2030-06-01T11:57:00Z', '3 minutes ago', 'il y a 3 minutes'],
    ['2030-06-01T10:00:00Z', '2 hours ago', 'il y a 2 heures'],
    ['2030-05-31T11:00:00Z', 'yesterday', 'hier'],
    ['2030-06-08T12:00:00Z', 'in 7 days', 'dans 7 jours'],
    ['2028-05-01T12:00:00Z', '2 years ago', 'il y a 2 ans'],
  ])('%s is %s', (at, english, french) => {
    expect(formatDistance(new Date(at), now, 'en')).toBe(english);
    expect(formatDistance(new Date(at), now, 'fr')).toBe(french);
  });

  test('an instant of the wire keeps its zone', () => {
    expect(readInstant('2030-06-01 14:00:00+02:00').getTime()).toBe(now.getTime());
  });
});
