import type { Value } from '../../columnTypes/query.ts';
import { type Field, type Person, parseInput, type Refusal } from './field.ts';

/** What people type and paste, written the way of their language. */

interface Separators {
  readonly decimal: string;
  readonly group: string;
}

const separators = new Map<string, Separators>();

export function separatorsOf(locale: string): Separators {
  const known = separators.get(locale);
  if (known !== undefined) return known;
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(1234567.8);
  const find = (type: string, otherwise: string): string =>
    parts.find((part) => part.type === type)?.value ?? otherwise;
  const found = { decimal: find('decimal', '.'), group: find('group', ',') };
  separators.set(locale, found);
  return found;
}

/** '1 234,5' of a French reader as '1234.5'. */
export function plainNumber(text: string, locale: string): string {
  const { decimal, group } = separatorsOf(locale);
  const bare = text.replaceAll(/[\s\u00a0\u202f']/g, '').replaceAll(group, '');
  return decimal === '.' ? bare : bare.replace(decimal, '.');
}

type DatePart = 'day' | 'month' | 'year';

function dateOrder(locale: string): DatePart[] {
  const format = new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit', year: 'numeric' });
  return format
    .formatToParts(new Date(0))
    .flatMap(({ type }) => (type === 'day' || type === 'month' || type === 'year' ? [type] : []));
}

const written = /^(\d{1,4})[./\s-](\d{1,2})[./\s-](\d{1,4})(?:,?\s+(.+))?$/;
const clock = /^(\d{1,2})(?::|h)(\d{2})(?::(\d{2}))?\s*([ap])?\.?m?\.?$/i;

/** '2:30 pm', '14h30' or '9:05' as 'HH:mm:ss'; undefined when it is none. */
export function plainTime(text: string): string | undefined {
  const match = clock.exec(text.trim());
  if (match === null) return undefined;
  const [, hours = '', minutes = '', seconds = '00', half] = match;
  let hour = Number(hours);
  if (half !== undefined) hour = (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return `${String(hour).padStart(2, '0')}:${minutes}:${seconds}`;
}

/** '31/05/2024' of a French reader as '2024-05-31', with its time behind; undefined when it is none. */
export function plainDate(text: string, locale: string): { day: string; time?: string } | undefined {
  const match = written.exec(text.trim());
  if (match === null) return undefined;
  const order = (match[1] ?? '').length === 4 ? (['year', 'month', 'day'] as const) : dateOrder(locale);
  const parts = { day: '', month: '', year: '' };
  for (const [index, part] of order.entries()) parts[part] = match[index + 1] ?? '';
  const year = parts.year.length === 2 ? `20${parts.year}` : parts.year.padStart(4, '0');
  const day = `${year}-${parts.month.padStart(2, '0')}-${parts.day.padStart(2, '0')}`;
  if (match[4] === undefined) return { day };
  const time = plainTime(match[4]);
  return time === undefined ? undefined : { day, time };
}

const hasZone = /(?:[Zz]|[+-]\d{2}(?::?\d{2})?)$/;

/** A date and time without zone means the reader's own. */
function localInstant(text: string, locale: string): string | undefined {
  const trimmed = text.trim();
  const iso = /^\d{4}-\d{2}-\d{2}(?:[T ](\d{2}:\d{2}(?::\d{2})?))?/.exec(trimmed);
  if (iso !== null && trimmed.length > 10 && hasZone.test(trimmed.slice(10))) return undefined;
  const date =
    iso !== null && iso[0].length === trimmed.length
      ? { day: trimmed.slice(0, 10), time: iso[1] }
      : plainDate(trimmed, locale);
  if (date === undefined) return undefined;
  const moment = new Date(`${date.day}T${date.time ?? '00:00'}`);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

const words: Readonly<Record<string, boolean>> = { vrai: true, oui: true, faux: false, non: false };

/** Other readings of a text, the likelier first. */
function readings(field: Field, text: string, locale: string): unknown[] {
  const { storage, name } = field.type;
  if (text.trim() === '') return [text];
  if (name === 'Duration') return [text, plainNumber(text, locale)];
  if (storage === 'integer' || storage === 'decimal') {
    const local = plainNumber(text, locale);
    return separatorsOf(locale).decimal === ',' ? [local, text] : [text, local];
  }
  if (storage === 'datetime') return [localInstant(text, locale) ?? text];
  if (storage === 'date') {
    const { day } = plainDate(text, locale) ?? {};
    return day === undefined ? [text] : [text, day];
  }
  if (storage === 'time') return [text, plainTime(text) ?? text];
  if (storage === 'boolean') return [words[text.trim().toLowerCase()] ?? text];
  if (field.type.json === 'people' || field.type.json === 'list')
    return [text.replaceAll(/\s*[,;]\s*/g, ',')];
  return [text];
}

/** What a person typed or pasted as a canonical value, or the reason of the first reading's refusal. */
export function parseText(
  field: Field,
  text: string,
  people: readonly Person[],
  locale: string,
): { readonly value: Value } | Refusal {
  const wanted = field.type.storage === 'text' || field.type.storage === 'json' ? text : text.trim();
  // An emptied cell is no text of length zero.
  if (wanted === '') return { value: null };
  let refusal: Refusal | undefined;
  for (const reading of readings(field, wanted, locale)) {
    const parsed = parseInput(field, reading, people);
    if ('value' in parsed) return parsed;
    refusal ??= parsed;
  }
  return refusal ?? { value: null };
}
