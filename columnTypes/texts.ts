import { type ColumnType, InvalidValue, type ParseContext } from './columnType.ts';
import type { Value } from './query.ts';

/** Characters of a refused value that a message repeats. */
const shownLength = 40;

/** A text short and clean enough to stand in a message. */
export function shorten(text: string): string {
  const head = text.slice(0, shownLength).toWellFormed();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a message
  const clean = head.replace(/[\u0000-\u001f\u007f]/g, '\ufffd');
  return text.length > shownLength ? `${clean}…` : clean;
}

/** A refused value as a message names it. */
export function show(input: unknown): string {
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object' && input !== null) return 'an object';
  if (typeof input === 'string') return `'${shorten(input)}'`;
  return shorten(String(input));
}

/** Why a text cannot be stored by every engine, or undefined; completes "Field 'X' …". */
export function findTextFault(text: string): string | undefined {
  if (text.includes('\0')) return 'must not contain NUL characters (U+0000)';
  if (!text.isWellFormed()) return 'must be valid Unicode, but half of a surrogate pair stands alone in it';
  return undefined;
}

function isLongerThan(text: string, limit: number): boolean {
  if (text.length <= limit) return false; // never fewer units than characters
  if (text.length > 2 * limit) return true;
  let characters = 0;
  for (const _ of text) characters += 1;
  return characters > limit;
}

/** Scalars as text; '' stays ''. Throws InvalidValue for lists, objects and texts no engine can hold. */
export function parseText(input: unknown, context: ParseContext): string | null {
  if (input === undefined || input === null) return null;
  if (typeof input === 'object' || typeof input === 'function' || typeof input === 'symbol') {
    throw new InvalidValue(`must be text, not ${show(input)}`);
  }
  const text = typeof input === 'string' ? input : String(input);
  const fault = findTextFault(text);
  if (fault !== undefined) throw new InvalidValue(fault);
  if (isLongerThan(text, context.maxTextLength)) {
    throw new InvalidValue(`must not be longer than ${context.maxTextLength} characters`);
  }
  return text;
}

/** Text for types that are never empty text: blanks around it go, nothing left is null. */
export function parseWord(input: unknown, context: ParseContext): string | null {
  const text = parseText(input, context)?.trim();
  return text === undefined || text === '' ? null : text;
}

/** Canonical values whose text is what String makes of them. */
export const formatPlain = (value: Value): string => (value === null ? '' : String(value));

/** What plain text columns share. */
export const textValues: Pick<ColumnType, 'parse' | 'format' | 'schema'> = {
  parse: (input, _options, context) => parseText(input, context),
  format: formatPlain,
  schema: () => ({ type: 'string' }),
};
