import { decimalDigits } from './classify.ts';

/** Parts of JSON that the type library does not know yet. */
interface RawJson {
  readonly rawJSON: string;
}
type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;
const json = JSON as unknown as {
  parse(text: string, reviver: Reviver): unknown;
  rawJSON(text: string): RawJson;
  isRawJSON(value: unknown): value is RawJson;
};

/** Only such texts can hold a number that a double changes. */
const mayHoldLongNumber = /\d[\d.]{15}|\d[eE][+-]?\d/;

function keepDigits(_key: string, value: unknown, context: { source?: string }): unknown {
  if (typeof value !== 'number' || context.source === undefined) return value;
  if (context.source === String(value)) return value;
  const digits = decimalDigits(context.source);
  return digits !== undefined && digits === decimalDigits(String(value))
    ? value
    : json.rawJSON(context.source);
}

/** Deepest nesting of one element: what walks over values needs a stack. */
export const maxNesting = 200;

/** The element is JSON, but deeper than anyone can use. */
export class NestedTooDeeply extends SyntaxError {}

function checkNesting(text: string): void {
  if (text.length <= maxNesting) return;
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
      if (depth > maxNesting) throw new NestedTooDeeply();
    } else if (code === 93 || code === 125) depth -= 1;
  }
}

/**
 * JSON.parse that keeps every digit: a number that a double would change comes
 * as raw JSON, which JSON.stringify writes back as it was. Throws SyntaxError,
 * NestedTooDeeply.
 */
export function parseExact(text: string): unknown {
  checkNesting(text);
  return mayHoldLongNumber.test(text) ? json.parse(text, keepDigits) : JSON.parse(text);
}

/** The digits of a number exactly as the file has them; undefined for what is no number. */
export function numberText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return json.isRawJSON(value) ? value.rawJSON : undefined;
}

/** Why a text could not be parsed, in words that go on after 'the line' or 'the element'. */
export const whyUnread = (error: SyntaxError): string =>
  error instanceof NestedTooDeeply ? `is nested deeper than ${maxNesting} levels` : 'is not valid JSON';
