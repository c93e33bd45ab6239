import { InvalidValue } from '../columnType.ts';
import { readDecimal } from '../decimals.ts';
import { findTextFault, show } from '../texts.ts';

/** Deepest nesting accepted; ours: little enough for every reader of JSON. */
const maxDepth = 100;

function checkString(text: string): void {
  const fault = findTextFault(text);
  if (fault !== undefined) throw new InvalidValue(fault);
}

/**
 * Throws InvalidValue for what no engine can hold, or JSON cannot say.
 * @param fromText a number beyond a double reads as Infinity here; its digits are kept later
 */
function checkValue(value: unknown, depth: number, fromText: boolean): void {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'number' && (fromText || Number.isFinite(value))) return;
  if (typeof value === 'string') {
    checkString(value);
    return;
  }
  if (typeof value !== 'object') throw new InvalidValue(`must be JSON, not ${show(value)}`);
  if (depth === maxDepth) throw new InvalidValue(`must not be nested deeper than ${maxDepth} levels`);
  if (Array.isArray(value)) {
    for (const item of value) checkValue(item, depth + 1, fromText);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    checkString(key);
    checkValue(item, depth + 1, fromText);
  }
}

/** A JSON value as canonical text; null is null. Throws InvalidValue. */
export function writeJson(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint') return String(value);
  checkValue(value, 0, false);
  return JSON.stringify(value);
}

/** Whether a number in the text might be more than a double holds. */
const mayBeInexact = /[0-9][0-9.]{15}|[0-9][eE]/;

const { rawJSON } = JSON as { rawJSON?: (text: string) => unknown };

/** Keeps the digits of a number that a double would change. */
function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== 'number' || source === undefined || rawJSON === undefined) return value;
  const digits = readDecimal(source);
  if (digits === undefined) throw new InvalidValue('must not hold numbers of more than 1000 digits');
  return digits === readDecimal(String(value)) ? value : rawJSON(digits);
}

/** JSON text as canonical text, every digit kept; '' and 'null' are null. Throws InvalidValue. */
export function readJson(text: string): string | null {
  if (text.trim() === '') return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InvalidValue(`must be JSON or JSON text, but ${show(text)} is not valid JSON`);
  }
  checkValue(value, 0, true);
  if (value === null) return null;
  return JSON.stringify(mayBeInexact.test(text) ? JSON.parse(text, keepDigits) : value);
}
