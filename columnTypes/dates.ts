import { readMoment, readTime, writeDay, writeInstant, writeTime } from './calendar.ts';
import { type ColumnType, InvalidValue } from './columnType.ts';
import { formatPlain, show } from './texts.ts';

function readTrimmed(input: unknown, wanted: string): string | null {
  if (input === undefined || input === null) return null;
  if (typeof input !== 'string') throw new InvalidValue(`must be ${wanted}, not ${show(input)}`);
  const text = input.trim();
  return text === '' ? null : text;
}

/** An ISO date, or the date written in an ISO date and time, as 'YYYY-MM-DD'. Throws InvalidValue. */
export function parseDay(input: unknown): string | null {
  const wanted = "a date that exists, written 'YYYY-MM-DD'";
  const text = readTrimmed(input, wanted);
  if (text === null) return null;
  const moment = readMoment(text);
  const day = moment && writeDay(moment.day);
  if (day === undefined) throw new InvalidValue(`must be ${wanted}, not ${show(input)}`);
  return day;
}

/** An ISO date and time as an instant; without zone it is UTC. Throws InvalidValue. */
export function parseInstant(input: unknown): string | null {
  const wanted = "a date and time that exist, written in ISO 8601, e.g. '2024-05-31T14:30:00Z'";
  const text = readTrimmed(input, wanted);
  if (text === null) return null;
  const moment = readMoment(text);
  const instant = moment && writeInstant(moment.instant);
  if (instant === undefined) throw new InvalidValue(`must be ${wanted}, not ${show(input)}`);
  return instant;
}

/** A time of day in seconds, alone or as written in an ISO date and time; undefined when it is none. */
export const readTimeOfDay = (text: string): number | undefined =>
  readTime(text) ?? readMoment(text)?.time ?? undefined;

/** A time of day as 'HH:mm:ss'. Throws InvalidValue. */
export function parseTime(input: unknown): string | null {
  const wanted = "a time of day, written 'HH:mm' or 'HH:mm:ss'";
  const text = readTrimmed(input, wanted);
  if (text === null) return null;
  const time = readTimeOfDay(text);
  if (time === undefined) throw new InvalidValue(`must be ${wanted}, not ${show(input)}`);
  return writeTime(time);
}

/** What columns of instants share. */
export const instantValues: Pick<ColumnType, 'parse' | 'format' | 'schema'> = {
  parse: parseInstant,
  format: formatPlain,
  schema: () => ({
    type: 'string',
    pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}\\+00:00$',
    examples: ['2024-05-31 14:30:00+00:00'],
  }),
};
