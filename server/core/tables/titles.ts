import { AppError } from '../errors.ts';
import { maxDescription, maxMetaLength, maxTitle } from './limits.ts';

const refuse = (message: string): AppError => new AppError('INVALID_REQUEST_BODY', message);

/** C0 and C1 controls: invisible, and poison for logs, headers and CSV. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it looks for
const control = /[\u0000-\u001f\u007f-\u009f]/;

/** How a person would count them. */
const characters = (text: string): number => [...text].length;

/**
 * A title as it is stored: trimmed, 1 to `max` characters, any but control
 * characters. `what` names it in the refusal, e.g. 'table title'.
 */
export function parseTitle(what: string, given: string, max = maxTitle): string {
  const title = given.trim();
  if (!title.isWellFormed()) throw refuse(`The ${what} holds half of a surrogate pair: send valid Unicode`);
  if (control.test(title)) throw refuse(`The ${what} holds a control character: remove it`);
  if (title === '') throw refuse(`The ${what} is empty: give 1 to ${max} characters`);
  if (characters(title) > max) throw refuse(`The ${what} is too long: give 1 to ${max} characters`);
  // As a JSON key it would set a prototype in careless clients.
  if (title === '__proto__') throw refuse(`The ${what} '__proto__' is not accepted: choose another one`);
  return title;
}

/** A description, or null for none. */
export function parseDescription(given: string | null): string | null {
  if (given === null) return null;
  if (!given.isWellFormed() || given.includes('\0')) {
    throw refuse('The description holds a NUL or half of a surrogate pair: send valid Unicode');
  }
  if (characters(given) > maxDescription) {
    throw refuse(`The description is too long: at most ${maxDescription} characters are kept`);
  }
  return given;
}

export type Meta = Readonly<Record<string, unknown>>;

/** Free-form JSON of a client, kept as given up to a size. */
export function parseMeta(given: Meta | null): Meta | null {
  if (given === null) return null;
  if (JSON.stringify(given).length > maxMetaLength) {
    throw refuse(`The meta object is too large: at most ${maxMetaLength} characters of JSON are kept`);
  }
  return given;
}

/** Titles are compared without regard to case, as people read them. */
export const sameTitle = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
