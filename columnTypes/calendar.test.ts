import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addMonths,
  firstDay,
  lastDay,
  readMoment,
  readTime,
  writeDay,
  writeInstant,
  writeTime,
} from './calendar.ts';
import { parseDay, parseInstant, parseTime } from './dates.ts';

const dayOf = (text: string): number => readMoment(text)?.day ?? Number.NaN;

describe('dates', () => {
  test('every day there is reads back', () => {
    fc.assert(
      fc.property(fc.integer({ min: firstDay, max: lastDay }), (day) => {
        expect(dayOf(writeDay(day) ?? '')).toBe(day);
      }),
    );
    expect(writeDay(firstDay)).toBe('0001-01-01');
    expect(writeDay(lastDay)).toBe('9999-12-31');
    expect(writeDay(firstDay - 1)).toBeUndefined();
    expect(writeDay(lastDay + 1)).toBeUndefined();
  });

  test.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-03-31', -1, '2024-02-29'],
    ['2024-05-15', -12, '2023-05-15'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-12-31', 2, '2025-02-28'],
    ['2024-01-31', -2, '2023-11-30'],
  ])('%s and %i months is %s', (from, months, to) =>
    expect(writeDay(addMonths(dayOf(from), months))).toBe(to),
  );
});

describe('values', () => {
  test.each([
    ['2024-02-29', '2024-02-29'],
    ['2024-02-29T23:59:59-11:00', '2024-02-29'],
    ['2024-02-29 00:30:00+14:00', '2024-02-29'],
    [' 0001-01-01 ', '0001-01-01'],
    ['', null],
  ])('the date of %j is %j', (input, date) => expect(parseDay(input)).toBe(date));

  test.each([
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-04-31',
    '0000-01-01',
    '06/05/2024',
    '2024-6-5',
    '20240605',
    '2024-01-01T25:00',
    'today',
    20240101,
    true,
    {},
  ])('%j is no date', (input) => {
    expect(() => parseDay(input)).toThrow(/^must be a date that exists, written 'YYYY-MM-DD', not /);
  });

  test.each([
    ['2024-05-31', '2024-05-31 00:00:00+00:00'],
    ['2024-05-31 14:30', '2024-05-31 14:30:00+00:00'],
    ['2024-05-31T14:30:15.999Z', '2024-05-31 14:30:15+00:00'],
    ['2024-05-31t14:30:15z', '2024-05-31 14:30:15+00:00'],
    ['2024-05-31 14:30:15+00:00', '2024-05-31 14:30:15+00:00'],
    ['2024-05-31 14:30:15 +0530', '2024-05-31 09:00:15+00:00'],
    ['2024-05-31T23:30:00-02', '2024-06-01 01:30:00+00:00'],
    ['0099-01-01T00:00:00Z', '0099-01-01 00:00:00+00:00'],
  ])('the instant of %j is %j', (input, instant) => expect(parseInstant(input)).toBe(instant));

  test.each([
    0,
    1717166430000,
    '1717166430000',
    '2024-05-31T24:00:00Z',
    '2024-05-31T14:60:00Z',
    '2024-05-31T14:30:00+25:00',
    '2024-05-31T14:30:00Europe/Berlin',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    '2024-02-30T00:00:00Z',
    'May 31, 2024',
  ])('%j is no instant', (input) =>
    expect(() => parseInstant(input)).toThrow(/^must be a date and time that exist/),
  );

  test('agrees with the runtime about every instant', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('0001-01-02T00:00:00Z'),
          max: new Date('9999-12-30T00:00:00Z'),
          noInvalidDate: true,
        }),
        fc.integer({ min: -14 * 60, max: 14 * 60 }),
        (date, offset) => {
          const seconds = Math.floor(date.getTime() / 1000);
          const local = new Date((seconds + offset * 60) * 1000).toISOString().slice(0, 19);
          const size = Math.abs(offset);
          const zone = `${offset < 0 ? '-' : '+'}${writeTime(size * 60).slice(0, 5)}`;
          expect(parseInstant(local + zone)).toBe(writeInstant(seconds));
          expect(parseInstant(date.toISOString())).toBe(writeInstant(seconds));
        },
      ),
    );
  });

  test.each([
    ['09:05', '09:05:00'],
    ['23:59:59.9', '23:59:59'],
    ['1999-01-01 10:30:00+02:00', '10:30:00'],
    ['', null],
  ])('the time of %j is %j', (input, time) => expect(parseTime(input)).toBe(time));

  test.each(['24:00', '9:05', '12', '12:60', '2024-01-01', '10:00 PM', 5])('%j is no time', (input) => {
    expect(() => parseTime(input)).toThrow(/^must be a time of day/);
  });

  test('every second of a day reads back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_399 }), (time) => {
        expect(readTime(writeTime(time))).toBe(time);
      }),
    );
  });
});
