import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeInstant } from './calendar.ts';
import { dayAt, isTimeZone, startOfDay } from './zones.ts';

const dayOf = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const startOf = (text: string, zone: string): string | undefined =>
  writeInstant(startOfDay(dayOf(text), zone));

describe('startOfDay', () => {
  test.each([
    ['2024-05-31', 'UTC', '2024-05-31 00:00:00+00:00'],
    ['2024-05-31', 'Europe/Berlin', '2024-05-30 22:00:00+00:00'],
    ['2024-03-31', 'Europe/Berlin', '2024-03-30 23:00:00+00:00'],
    ['2024-04-01', 'Europe/Berlin', '2024-03-31 22:00:00+00:00'],
    ['2024-10-28', 'Europe/Berlin', '2024-10-27 23:00:00+00:00'],
    ['2024-05-31', 'America/St_Johns', '2024-05-31 02:30:00+00:00'],
    ['2024-05-31', 'Asia/Shanghai', '2024-05-30 16:00:00+00:00'],
    ['2024-05-31', 'Asia/Kathmandu', '2024-05-30 18:15:00+00:00'],
    // Clocks jump from 00:00 to 01:00: the day begins at the jump.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04 03:00:00+00:00'],
    // 00:00 to 01:00 comes twice: the day begins the first time.
    ['2024-11-03', 'America/Havana', '2024-11-03 04:00:00+00:00'],
    // The day before was skipped on the date line.
    ['2011-12-31', 'Pacific/Apia', '2011-12-30 10:00:00+00:00'],
  ])('%s in %s', (day, zone, instant) => expect(startOf(day, zone)).toBe(instant));

  test('days follow each other without gap in every zone', () => {
    const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    fc.assert(
      fc.property(
        zone,
        fc.integer({ min: dayOf('1950-01-01'), max: dayOf('2050-01-01') }),
        (timeZone, day) => {
          const start = startOfDay(day, timeZone);
          const end = startOfDay(day + 1, timeZone);
          if (start === end) return; // skipped on the date line
          expect(end - start).toBeGreaterThanOrEqual(22 * 3600);
          expect(end - start).toBeLessThanOrEqual(26 * 3600);
          expect(dayAt(start, timeZone)).toBe(day);
          expect(dayAt(start + 11 * 3600, timeZone)).toBe(day);
        },
      ),
    );
  });
});

test('zones are names the runtime knows', () => {
  expect(isTimeZone('Europe/Berlin')).toBe(true);
  expect(isTimeZone('Mars/Olympus')).toBe(false);
  expect(isTimeZone('')).toBe(false);
});
