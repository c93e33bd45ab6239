import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keep } from '../test/support/filtering.ts';
import { writeDay } from './calendar.ts';
import { type FilterContext, InvalidFilter } from './columnType.ts';
import { date } from './date/type.ts';
import { dateTime } from './dateTime/type.ts';
import type { Value } from './query.ts';
import { time } from './time/type.ts';

// Friday 2024-05-31, in UTC unless a test says otherwise.
const shifted = (days: number): string => writeDay(Date.UTC(2024, 4, 31) / 86_400_000 + days) ?? '';
const cells = [...[-366, -31, -8, -7, -1, 0, 1, 7, 8, 30].map(shifted), null];

describe('Date', () => {
  test.each<[string, string | (string | null)[], (string | null)[]]>([
    ['eq', 'today', [shifted(0)]],
    ['eq', 'tomorrow', [shifted(1)]],
    ['eq', 'yesterday', [shifted(-1)]],
    ['eq', 'oneWeekAgo', [shifted(-7)]],
    ['eq', 'oneWeekFromNow', [shifted(7)]],
    ['eq', 'oneMonthAgo', [shifted(-31)]],
    ['eq', 'oneMonthFromNow', [shifted(30)]],
    ['eq', 'daysAgo,8', [shifted(-8)]],
    ['eq', 'daysFromNow,8', [shifted(8)]],
    ['eq', 'exactDate,2024-05-30', [shifted(-1)]],
    ['eq', '2024-05-30', [shifted(-1)]],
    ['eq', 'exactDate,2024-05-30T23:00:00-08:00', [shifted(-1)]],
    ['eq', [null], [null]],
    ['eq', '', [null]],
    ['eq', 'exactDate,', [null]],
    ['gb_eq', '2024-05-31', [shifted(0)]],
    ['neq', 'today', cells.filter((cell) => cell !== shifted(0))],
    ['not', 'today', cells.filter((cell) => cell !== shifted(0))],
    ['neq', '', cells.slice(0, -1)],
    ['gt', 'oneWeekFromNow', [shifted(8), shifted(30)]],
    ['ge', 'oneWeekFromNow', [shifted(7), shifted(8), shifted(30)]],
    ['gte', 'oneWeekFromNow', [shifted(7), shifted(8), shifted(30)]],
    ['lt', 'oneWeekAgo', [shifted(-366), shifted(-31), shifted(-8)]],
    ['le', 'oneWeekAgo', [shifted(-366), shifted(-31), shifted(-8), shifted(-7)]],
    ['lte', 'exactDate,0001-01-01', []],
    ['le', '9999-12-31', cells.slice(0, -1)],
    ['gt', '9999-12-31', []],
    ['isWithin', 'pastWeek', [-7, -1, 0].map(shifted)],
    ['isWithin', 'pastMonth', [-8, -7, -1, 0].map(shifted).toSpliced(0, 0, shifted(-31))],
    ['isWithin', 'pastYear', [-31, -8, -7, -1, 0].map(shifted).toSpliced(0, 0, shifted(-366))],
    ['isWithin', 'nextWeek', [0, 1, 7].map(shifted)],
    ['isWithin', 'nextMonth', [0, 1, 7, 8, 30].map(shifted)],
    ['isWithin', 'nextYear', [0, 1, 7, 8, 30].map(shifted)],
    ['isWithin', 'pastNumberOfDays,8', [-8, -7, -1, 0].map(shifted)],
    ['isWithin', 'nextNumberOfDays,0', [shifted(0)]],
    ['btw', 'daysAgo,8,today', [-8, -7, -1, 0].map(shifted)],
    ['btw', '2024-05-30,exactDate,2024-06-01', [-1, 0, 1].map(shifted)],
    ['nbtw', '2024-05-30,2024-06-01', [...[-366, -31, -8, -7, 7, 8, 30].map(shifted), null]],
    ['is', 'null', [null]],
    ['isnot', 'null', cells.slice(0, -1)],
    ['is', 'notblank', cells.slice(0, -1)],
  ])('%s %j', (op, argument, kept) => expect(keep(date, op, argument, cells)).toEqual(kept));

  test.each<[string, string | null, string, string]>([
    ['eq', null, 'unsupportedValue', 'needs a value'],
    ['gt', '', 'unsupportedValue', 'is not a date'],
    ['eq', '2024-02-30', 'unsupportedValue', "'2024-02-30' is not a date"],
    ['eq', '06/05/2024', 'unsupportedValue', 'YYYY-MM-DD'],
    ['eq', 'exactDate', 'unsupportedValue', 'needs a date'],
    ['eq', 'daysAgo', 'unsupportedValue', 'number of days'],
    ['eq', 'daysAgo,-1', 'unsupportedValue', 'from 0 to 100000'],
    ['eq', 'daysAgo,100001', 'unsupportedValue', 'from 0 to 100000'],
    ['eq', 'someday', 'unsupportedSub', "'someday' is not supported for 'eq'"],
    ['eq', 'constructor', 'unsupportedSub', 'is not supported'],
    ['eq', 'pastWeek', 'unsupportedSub', "'pastWeek' is not supported for 'eq'"],
    ['isWithin', 'today', 'unsupportedSub', "'today' is not supported for 'isWithin'"],
    ['isWithin', 'toString', 'unsupportedSub', 'is not supported'],
    ['isWithin', 'pastNumberOfDays,x', 'unsupportedValue', 'number of days'],
    ['btw', '2024-01-01', 'unsupportedValue', ''],
    ['btw', '2024-01-01,2024-01-02,2024-01-03', 'unsupportedValue', 'exactly two dates'],
  ])('refuses %s %j as %s', (op, argument, reason, message) => {
    let error: unknown;
    try {
      keep(date, op, argument, cells);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidFilter);
    expect(error).toMatchObject({ reason, message: expect.stringContaining(message) });
  });
});

describe('DateTime', () => {
  const instants = [
    '2024-05-30 21:59:59+00:00',
    '2024-05-30 22:00:00+00:00',
    '2024-05-31 12:00:00+00:00',
    '2024-05-31 21:59:59+00:00',
    '2024-05-31 22:00:00+00:00',
    null,
  ] as const;
  const [before, first, noon, last, after] = instants;
  const berlin: FilterContext = { now: new Date('2024-05-31T20:00:00Z'), timeZone: 'Europe/Berlin' };

  test.each<[string, string, Value[]]>([
    ['eq', 'today', [first, noon, last]],
    ['eq', 'exactDate,2024-05-31', [first, noon, last]],
    ['neq', '2024-05-31', [before, after, null]],
    ['gt', 'today', [after]],
    ['ge', 'today', [first, noon, last, after]],
    ['lt', 'today', [before]],
    ['le', 'today', [before, first, noon, last]],
    ['isWithin', 'nextNumberOfDays,1', [first, noon, last, after]],
    ['btw', 'yesterday,yesterday', [before]],
    ['eq', '2024-05-31T12:00:00Z', [noon]],
    ['eq', '2024-05-31T14:00:00.750+02:00', [noon]],
    ['eq', 'exactDate,2024-05-31 14:00:00 02:00', [noon]], // a URL's '+'
    ['gt', '2024-05-31 12:00', [last, after]],
    ['ge', '2024-05-31 12:00', [noon, last, after]],
    ['le', '2024-05-31 12:00', [before, first, noon]],
    ['neq', '2024-05-31 12:00', [before, first, last, after, null]],
  ])('%s %j in a zone', (op, argument, kept) =>
    expect(keep(dateTime, op, argument, instants, berlin)).toEqual(kept),
  );

  test('the day is that of the zone', () => {
    const shanghai: FilterContext = { now: new Date('2024-05-31T20:00:00Z'), timeZone: 'Asia/Shanghai' };
    expect(
      keep(dateTime, 'eq', 'today', ['2024-05-31 15:59:59+00:00', '2024-05-31 16:00:00+00:00'], shanghai),
    ).toEqual(['2024-05-31 16:00:00+00:00']);
    expect(keep(date, 'eq', 'today', ['2024-05-31', '2024-06-01'], shanghai)).toEqual(['2024-06-01']);
  });

  test('every instant lies in exactly one of two neighbouring days', () => {
    const zone = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/St_Johns',
      'America/Sao_Paulo',
      'Pacific/Apia',
    );
    fc.assert(
      fc.property(
        zone,
        fc.integer({ min: -2000, max: 25_000 }),
        fc.integer({ min: 0, max: 86_399 }),
        (timeZone, day, at) => {
          const instant = dateTime.parse(
            `${writeDay(day)}T12:00:00Z`,
            {},
            { findPerson: () => undefined, maxTextLength: 9 },
          );
          const now = new Date((day * 86_400 + at) * 1000);
          const holds = (op: string): boolean =>
            keep(dateTime, op, 'today', [instant], { now, timeZone }).length === 1;
          expect([holds('lt'), holds('eq'), holds('gt')].filter(Boolean)).toHaveLength(1);
          expect(holds('le')).toBe(!holds('gt'));
          expect(holds('ge')).toBe(!holds('lt'));
          expect(holds('neq')).toBe(!holds('eq'));
        },
      ),
    );
  });

  test('the ends of the calendar hold', () => {
    const ends = ['0001-01-01 00:00:00+00:00', '9999-12-31 23:59:59+00:00', null];
    for (const timeZone of ['Asia/Shanghai', 'America/St_Johns', 'UTC']) {
      const context = { now: berlin.now, timeZone };
      expect(keep(dateTime, 'le', '9999-12-31', ends, context)).toContain(ends[0]);
      expect(keep(dateTime, 'ge', '0001-01-01', ends, context)).toContain(ends[1]);
      expect(keep(dateTime, 'neq', '2024-01-01', ends, context)).toEqual(ends);
    }
  });

  test('an unknown zone is refused', () => {
    const context = { now: berlin.now, timeZone: 'Mars/Olympus' };
    for (const argument of ['today', '2024-01-01']) {
      expect(() => keep(dateTime, 'eq', argument, instants, context)).toThrow(
        "'Mars/Olympus' is not a time zone",
      );
    }
  });
});

test('Time', () => {
  const times = ['08:00:00', '12:30:00', '23:59:59', null];
  expect(keep(time, 'eq', '12:30', times)).toEqual(['12:30:00']);
  expect(keep(time, 'neq', '12:30', times)).toEqual(['08:00:00', '23:59:59', null]);
  expect(keep(time, 'gt', '12:00:00', times)).toEqual(['12:30:00', '23:59:59']);
  expect(keep(time, 'btw', '08:00,12:30', times)).toEqual(['08:00:00', '12:30:00']);
  expect(keep(time, 'nbtw', '08:00,12:30', times)).toEqual(['23:59:59', null]);
  expect(keep(time, 'in', '08:00,,23:59:59', times)).toEqual(['08:00:00', '23:59:59', null]);
  expect(() => keep(time, 'eq', '25:00', times)).toThrow(InvalidFilter);
});
