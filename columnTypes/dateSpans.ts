import { checkText, refuseValue } from './arguments.ts';
import { addMonths, readMoment } from './calendar.ts';
import { type FilterContext, InvalidFilter } from './columnType.ts';
import { shorten } from './texts.ts';
import { dayAt, isTimeZone } from './zones.ts';

/** What the argument of a date filter means: whole days, or one second. */
export type Span =
  | { readonly kind: 'days'; readonly first: number; readonly last: number }
  | { readonly kind: 'second'; readonly day: number; readonly at: number };

const oneDay = (day: number): Span => ({ kind: 'days', first: day, last: day });
const days = (first: number, last: number): Span => ({ kind: 'days', first, last });

/** Sub-operators of the wire: from today, and the number given where one is needed, to a span. */
type Sub = (today: number, n: number) => Span;

const momentSubs: Readonly<Record<string, Sub>> = {
  today: (today) => oneDay(today),
  tomorrow: (today) => oneDay(today + 1),
  yesterday: (today) => oneDay(today - 1),
  oneWeekAgo: (today) => oneDay(today - 7),
  oneWeekFromNow: (today) => oneDay(today + 7),
  oneMonthAgo: (today) => oneDay(addMonths(today, -1)),
  oneMonthFromNow: (today) => oneDay(addMonths(today, 1)),
  daysAgo: (today, n) => oneDay(today - n),
  daysFromNow: (today, n) => oneDay(today + n),
};

const rangeSubs: Readonly<Record<string, Sub>> = {
  pastWeek: (today) => days(today - 7, today),
  pastMonth: (today) => days(addMonths(today, -1), today),
  pastYear: (today) => days(addMonths(today, -12), today),
  nextWeek: (today) => days(today, today + 7),
  nextMonth: (today) => days(today, addMonths(today, 1)),
  nextYear: (today) => days(today, addMonths(today, 12)),
  pastNumberOfDays: (today, n) => days(today - n, today),
  nextNumberOfDays: (today, n) => days(today, today + n),
};

const counted = new Set(['daysAgo', 'daysFromNow', 'pastNumberOfDays', 'nextNumberOfDays']);
/** Most days a sub-operator reaches; ours: it keeps every date within the calendar. */
const maxDays = 100_000;

export const exactDate = 'exactDate';
const isRangeSub = (word: string): boolean => Object.hasOwn(rangeSubs, word);

/** Today in the context's time zone. Throws InvalidFilter when there is no such zone. */
export function today(context: FilterContext): number {
  if (!isTimeZone(context.timeZone)) {
    throw refuseValue(
      context.timeZone,
      `'${shorten(context.timeZone)}' is not a time zone: use a name such as 'Europe/Berlin'.`,
    );
  }
  return dayAt(Math.floor(context.now.getTime() / 1000), context.timeZone);
}

function readCount(sub: string, text: string | null | undefined): number {
  const given = text?.trim() ?? '';
  const n = /^\d{1,6}$/.test(given) ? Number(given) : Number.NaN;
  if (n <= maxDays) return n;
  throw refuseValue(given, `'${sub}' needs a number of days from 0 to ${maxDays}, not '${shorten(given)}'.`);
}

/** A blank before the zone's hours is a '+' that a URL turned into one. */
const restorePlus = (text: string): string => text.replace(/(:\d{2}(?:[.,]\d+)?) (\d{2}:?\d{2})$/, '$1+$2');

function readDate(text: string): Span {
  const moment = readMoment(restorePlus(text.trim()));
  if (moment === undefined) {
    throw refuseValue(
      text,
      `'${shorten(text)}' is not a date: write 'YYYY-MM-DD' or an ISO 8601 date and time.`,
    );
  }
  return moment.time === null ? oneDay(moment.day) : { kind: 'second', day: moment.day, at: moment.instant };
}

const unsupportedSub = (word: string, op: string): InvalidFilter =>
  new InvalidFilter('unsupportedSub', shorten(word), `'${shorten(word)}' is not supported for '${op}'`);

/**
 * Reads one moment, a date or a sub-operator, from the front of the items; says
 * how many it took. Throws InvalidFilter.
 */
export function readSpan(
  op: string,
  items: readonly (string | null)[],
  context: FilterContext,
): { span: Span; took: number } {
  const [first] = items;
  if (first === undefined || first === null) {
    throw refuseValue('null', `'${op}' needs a date or a word such as today here.`);
  }
  const word = checkText(first).trim();
  if (word === exactDate) {
    const date = items[1];
    if (typeof date !== 'string')
      throw refuseValue('null', `'${exactDate}' needs a date, e.g. (Field,eq,exactDate,2024-05-31).`);
    return { span: readDate(checkText(date)), took: 2 };
  }
  if (isRangeSub(word)) throw unsupportedSub(word, op);
  const sub = Object.hasOwn(momentSubs, word) ? momentSubs[word] : undefined;
  if (sub === undefined) {
    // A word that begins with a letter was meant as a sub-operator.
    if (/^\p{L}/u.test(word)) throw unsupportedSub(word, op);
    return { span: readDate(word), took: 1 };
  }
  const needsCount = counted.has(word);
  const n = needsCount ? readCount(word, items[1]) : 0;
  return { span: sub(today(context), n), took: needsCount ? 2 : 1 };
}

/** The argument of isWithin. Throws InvalidFilter. */
export function readRange(items: readonly (string | null)[], context: FilterContext): Span {
  const word = checkText(items[0] ?? 'null').trim();
  const sub = isRangeSub(word) ? rangeSubs[word] : undefined;
  if (sub === undefined) throw unsupportedSub(word, 'isWithin');
  return sub(today(context), counted.has(word) ? readCount(word, items[1]) : 0);
}
