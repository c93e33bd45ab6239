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

/**
 * JSON.parse that keeps every digit: a number that a double would change comes
 * as raw JSON, which JSON.stringify writes back as it was. Throws SyntaxError.
 */
export function parseExact(text: string): unknown {
  return mayHoldLongNumber.test(text) ? json.parse(text, keepDigits) : JSON.parse(text);
}

/** The digits of a number exactly as the file has them; undefined for what is no number. */
export function numberText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return json.isRawJSON(value) ? value.rawJSON : undefined;
}
