import type { ImportedType } from '../core/imports/importedFile.ts';
import { decimalDigits, isInteger, isoInstant, kinds } from './classify.ts';
import { numberText } from './parseExact.ts';

/** What the first pass learns of a column; constant size whatever the number of rows. */
export interface ColumnProfile {
  /** Union of the kinds of all values. */
  seen: number;
  /** Rows with a value. */
  filled: number;
  longest: number;
  hasNewline: boolean;
}

export const newProfile = (): ColumnProfile => ({ seen: 0, filled: 0, longest: 0, hasNewline: false });

export function noteText(profile: ColumnProfile, text: string, classify: (text: string) => number): void {
  profile.filled += 1;
  if (text.length > profile.longest) profile.longest = text.length;
  if (!profile.hasNewline && /[\n\r]/.test(text)) profile.hasNewline = true;
  if ((profile.seen & kinds.text) !== 0) return; // nothing is wider
  const trimmed = text.trim();
  if (trimmed !== '') profile.seen |= classify(trimmed); // blanks fit every type, as null
}

export function noteKind(profile: ColumnProfile, kind: number, length: number): void {
  profile.filled += 1;
  profile.seen |= kind;
  if (length > profile.longest) profile.longest = length;
}

/** Longest text that a single line shows; longer ones get a box of several lines. */
const longestSingleLine = 255;

const within = (seen: number, allowed: number): boolean => (seen & ~allowed) === 0;

/** The narrowest type that holds every value seen. */
export function typeOfProfile(profile: ColumnProfile): ImportedType {
  const { seen } = profile;
  if ((seen & kinds.json) !== 0) return 'JSON';
  if (seen !== 0) {
    if (within(seen, kinds.integer)) return 'Number';
    if (within(seen, kinds.integer | kinds.decimal)) return 'Decimal';
    if (within(seen, kinds.boolean)) return 'Checkbox';
    if (within(seen, kinds.date)) return 'Date';
    if (within(seen, kinds.date | kinds.datetime)) return 'DateTime';
    if (within(seen, kinds.time)) return 'Time';
    if (within(seen, kinds.email)) return 'Email';
    if (within(seen, kinds.url)) return 'URL';
  }
  return profile.longest > longestSingleLine || profile.hasNewline ? 'LongText' : 'SingleLineText';
}

export function kindOfNumber(digits: string): number {
  if (isInteger(digits)) return kinds.integer;
  return decimalDigits(digits) === undefined ? kinds.text : kinds.decimal;
}

const plainText = (value: unknown): unknown => {
  if (value === null || typeof value === 'string') return value;
  return numberText(value) ?? (typeof value === 'boolean' ? String(value) : JSON.stringify(value));
};

function trimmedText(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : plainText(value);
  return text === null || text === '' ? null : String(text);
}

const decimal = (value: unknown): unknown => {
  const text = trimmedText(value);
  return text === null ? null : (decimalDigits(text) ?? text);
};

const checkbox = (value: unknown): unknown => {
  if (typeof value === 'boolean') return value;
  const text = trimmedText(value)?.toLowerCase();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : (text ?? null);
};

const datetime = (value: unknown): unknown => {
  const text = trimmedText(value);
  return text === null ? null : isoInstant(text);
};

/** From a value of the file to what the column's type parses; null stays null. */
export function fitTo(type: ImportedType): (value: unknown) => unknown {
  switch (type) {
    case 'SingleLineText':
    case 'LongText':
      return plainText;
    case 'Decimal':
    case 'Currency':
    case 'Percent':
      return decimal;
    case 'Checkbox':
      return checkbox;
    case 'DateTime':
      return datetime;
    case 'JSON':
      return (value) => (value === null ? null : JSON.stringify(value));
    default:
      return trimmedText;
  }
}
