/** Dates and numbers as the language of the interface writes them. */

/** An instant of the wire, `2031-12-31 23:59:59+00:00`. */
export const readInstant = (text: string): Date => new Date(text.replace(' ', 'T'));

export const formatMoment = (date: Date, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(date);

export const formatDay = (date: Date, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(date);

const steps: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How long ago or ahead, in the largest unit that fits: “3 minutes ago”, “now”. */
export function formatDistance(date: Date, now: Date, language: string): string {
  const seconds = (date.getTime() - now.getTime()) / 1000;
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 60];
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}
