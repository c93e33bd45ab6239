import dayjs from 'dayjs';

const known = new Set(['en']);

/** Days of 2023 in UTC: January began with a Sunday. */
const dayOf = (month: number, day: number): Date => new Date(Date.UTC(2023, month, day));

/**
 * Names of months and days for the calendar, as the browser knows them in any
 * language; answers the name dayjs has them under.
 */
export function calendarLocale(language: string): string {
  if (known.has(language)) return language;
  const names = (options: Intl.DateTimeFormatOptions, days: readonly Date[]): string[] => {
    const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
    return days.map((day) => format.format(day));
  };
  const months = Array.from({ length: 12 }, (_, month) => dayOf(month, 1));
  const days = Array.from({ length: 7 }, (_, day) => dayOf(0, 1 + day));
  const weekdaysShort = names({ weekday: 'short' }, days).map((day) => day.replace(/\.$/, ''));
  const spelled = {
    name: language,
    months: names({ month: 'long' }, months),
    monthsShort: names({ month: 'short' }, months),
    weekdays: names({ weekday: 'long' }, days),
    weekdaysShort,
    weekdaysMin: weekdaysShort,
    formats: {},
    relativeTime: {},
  };
  dayjs.locale(spelled, undefined, true);
  known.add(language);
  return language;
}
