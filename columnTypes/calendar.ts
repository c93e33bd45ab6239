/**
 * Calendar arithmetic in the proleptic Gregorian calendar. A day is the number
 * of days since 1970-01-01, an instant the number of seconds since then, UTC.
 * Years reach from 0001 to 9999, what every engine can hold.
 */

const secondsPerDay = 86_400;

function dayNumber(year: number, month: number, date: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, date) / (1000 * secondsPerDay);
}

export const firstDay = dayNumber(1, 1, 1);
export const lastDay = dayNumber(9999, 12, 31);
export const firstInstant = firstDay * secondsPerDay;
export const lastInstant = (lastDay + 1) * secondsPerDay - 1;

const isoDay = (day: number): string => {
  const date = new Date(day * secondsPerDay * 1000);
  const pad = (n: number, size: number): string => String(n).padStart(size, '0');
  return `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1, 2)}-${pad(date.getUTCDate(), 2)}`;
};

/** 'YYYY-MM-DD'; undefined outside the years 0001 to 9999. */
export const writeDay = (day: number): string | undefined =>
  day < firstDay || day > lastDay ? undefined : isoDay(day);

/** 'YYYY-MM-DD HH:mm:ss+00:00'; undefined outside the years 0001 to 9999. */
export function writeInstant(instant: number): string | undefined {
  if (instant < firstInstant || instant > lastInstant) return undefined;
  const text = new Date(instant * 1000).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 19)}+00:00`;
}

/** The same date so many months later; the 31st becomes the last of a shorter month. */
export function addMonths(day: number, months: number): number {
  const date = new Date(day * secondsPerDay * 1000);
  const first = new Date(0);
  first.setUTCFullYear(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const year = first.getUTCFullYear();
  const month = first.getUTCMonth() + 1;
  const wanted = dayNumber(year, month, 1) + date.getUTCDate() - 1;
  return Math.min(wanted, dayNumber(year, month + 1, 0));
}

/** What a text of ISO 8601 says. */
export interface Moment {
  readonly day: number; // as written, never shifted by the zone
  /** Seconds since midnight as written; null for a mere date. */
  readonly time: number | null;
  /** A mere date is its midnight, a time without zone is UTC; parts of a second are cut off. */
  readonly instant: number;
}

const clock = String.raw`(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?`;
const isoTime = new RegExp(`^${clock}$`);
const isoMoment = new RegExp(
  String.raw`^(\d{4})-(\d{2})-(\d{2})(?:[Tt ]${clock} ?(?:([Zz])|([+-])(\d{2})(?::?(\d{2}))?)?)?$`,
);

function readClock(hour: string, minute: string, second = '0'): number | undefined {
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  return h > 23 || m > 59 || s > 59 ? undefined : h * 3600 + m * 60 + s;
}

/** 'HH:mm' or 'HH:mm:ss' as seconds since midnight; parts of a second are cut off. */
export function readTime(text: string): number | undefined {
  const match = isoTime.exec(text);
  return match === null ? undefined : readClock(match[1] ?? '', match[2] ?? '', match[3]);
}

/** 'HH:mm:ss' of seconds since midnight. */
export const writeTime = (time: number): string => new Date(time * 1000).toISOString().slice(11, 19);

function readOffset(match: RegExpExecArray): number | undefined {
  if (match[8] === undefined) return 0;
  const offset = readClock(match[9] ?? '', match[10] ?? '0');
  return offset === undefined ? undefined : match[8] === '-' ? -offset : offset;
}

/** An ISO 8601 date, or date and time with or without zone; undefined when it is none or does not exist. */
export function readMoment(text: string): Moment | undefined {
  const match = isoMoment.exec(text);
  if (match === null) return undefined;
  const year = Number(match[1]);
  const day = dayNumber(year, Number(match[2]), Number(match[3]));
  if (year < 1 || isoDay(day) !== text.slice(0, 10)) return undefined;
  if (match[4] === undefined) return { day, time: null, instant: day * secondsPerDay };
  const time = readClock(match[4], match[5] ?? '', match[6]);
  const offset = readOffset(match);
  if (time === undefined || offset === undefined) return undefined;
  const instant = day * secondsPerDay + time - offset;
  return instant < firstInstant || instant > lastInstant ? undefined : { day, time, instant };
}
