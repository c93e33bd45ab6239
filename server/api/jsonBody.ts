import { isUtf8 } from 'node:buffer';
import { AppError } from '../core/errors.ts';

/** Deepest nesting of a JSON body; anything deeper is an attack on parsers, not data. */
export const maxJsonDepth = 200;

/** Fifteen digits always survive a double; longer runs are looked at one by one. */
const longNumber = /\d{16,}|\d\.\d{15,}|\d[eE][+-]?\d{2,}/;
const wholeNumber = /^-?\d+$/;

function checkDepth(text: string): void {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 92) i += 1;
      else if (code === 34) inString = false;
    } else if (code === 34) inString = true;
    else if (code === 91 || code === 123) {
      depth += 1;
      if (depth > maxJsonDepth) {
        throw new AppError(
          'INVALID_JSON',
          `JSON is nested too deeply: at most ${maxJsonDepth} levels are accepted`,
        );
      }
    } else if (code === 93 || code === 125) depth -= 1;
  }
}

/** Keeps what a double would round: such a number becomes the text of its digits. */
function keepDigits(_key: string, value: unknown, context: { source?: string }): unknown {
  if (typeof value !== 'number' || context.source === undefined) return value;
  if (!Number.isFinite(value)) return context.source;
  if (wholeNumber.test(context.source)) return Number.isSafeInteger(value) ? value : context.source;
  return context.source.replace(/[^\d]/g, '').length > 15 && String(value) !== context.source
    ? context.source
    : value;
}

function hasPrototypeKey(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (Object.hasOwn(value, '__proto__')) return true;
  return Object.values(value).some(hasPrototypeKey);
}

/**
 * Reads JSON that a client wrote. Numbers a double cannot hold exactly arrive as
 * strings of their digits, so 64-bit integers and long decimals survive. Throws
 * INVALID_JSON; `what` names the text in it.
 */
export function parseJsonText(text: string, what = 'Invalid JSON in request body'): unknown {
  checkDepth(text);
  let value: unknown;
  try {
    value = longNumber.test(text)
      ? JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown)
      : JSON.parse(text);
  } catch {
    throw new AppError('INVALID_JSON', what);
  }
  // A key that would become an object's prototype when merged; escapes can hide its letters.
  if (/__proto__|\\u00/i.test(text) && hasPrototypeKey(value)) {
    throw new AppError('INVALID_JSON', 'The key "__proto__" is not accepted in a JSON body');
  }
  return value;
}

/** Reads a request body. An empty one is undefined. Throws INVALID_JSON. */
export function parseJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes))
    throw new AppError('INVALID_JSON', 'Invalid JSON in request body: it is not valid UTF-8');
  return parseJsonText(bytes.toString('utf8'));
}
