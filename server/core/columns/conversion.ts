import { type AnyColumnType, InvalidValue, type ParseContext } from '../../../columnTypes/columnType.ts';
import type { Value } from '../../../columnTypes/query.ts';
import { AppError } from '../errors.ts';

/** Refused values shown in an answer; all are counted. */
export const maxShownRejections = 100;
const maxShownValue = 200;

export interface Rejection {
  /** The record's key; one value, or one of each key column joined by `___`. */
  readonly key: string;
  readonly value: string;
  readonly reason: string;
}

/** Collects values a new type or new options refuse. */
export interface Rejections {
  add(key: readonly Value[], value: string, reason: string): void;
  readonly count: number;
  readonly shown: readonly Rejection[];
}

export function collectRejections(): Rejections {
  const shown: Rejection[] = [];
  let count = 0;
  return {
    add(key, value, reason) {
      count += 1;
      if (shown.length >= maxShownRejections) return;
      shown.push({
        key: key.map(String).join('___'),
        value: value.slice(0, maxShownValue).toWellFormed(),
        reason,
      });
    },
    get count() {
      return count;
    },
    shown,
  };
}

/** Throws COLUMN_OP_FAILED with the refused values, if there are any. */
export function requireNoRejections(rejections: Rejections, problem: string): void {
  if (rejections.count === 0) return;
  const examples = rejections.shown
    .slice(0, 3)
    .map(({ key, value, reason }) => `record ${key}: '${value}' ${reason}`)
    .join('; ');
  throw new AppError(
    'COLUMN_OP_FAILED',
    `${problem}: ${rejections.count} record(s) hold values that do not fit, nothing was changed. ` +
      `Correct them and try again (${examples})`,
    { rejected: rejections.shown, rejectedCount: rejections.count },
  );
}

/** One side of a conversion. */
export interface TypedOptions {
  readonly type: AnyColumnType;
  readonly options: unknown;
}

/**
 * A value of one type as a value of another, by way of text. A text without
 * content is no value for a type that is not text.
 */
export function convertValue(
  value: Value,
  from: TypedOptions,
  to: TypedOptions,
  context: ParseContext,
): Value {
  if (value === null) return null;
  const text = from.type.format(value, from.options);
  if (text.trim() === '' && !(to.type.storage === 'text' && to.type.json === 'string')) return null;
  return to.type.parse(text, to.options, context);
}

/** As convertValue, but notes a refusal and answers undefined. */
export function tryConvert(
  row: { readonly key: readonly Value[]; readonly value: Value },
  from: TypedOptions,
  to: TypedOptions,
  context: ParseContext,
  rejections: Rejections,
): Value | undefined {
  try {
    return convertValue(row.value, from, to, context);
  } catch (error) {
    if (!(error instanceof InvalidValue)) throw error;
    rejections.add(row.key, from.type.format(row.value, from.options), error.phrase);
    return undefined;
  }
}

/** A default carried over to a new type; null when it does not fit. */
export function convertDefault(
  from: TypedOptions & { readonly defaultValue: string | null },
  to: TypedOptions,
  context: ParseContext,
): string | null {
  if (from.defaultValue === null) return null;
  try {
    const value = convertValue(from.type.parse(from.defaultValue, from.options, context), from, to, context);
    return value === null ? null : to.type.format(value, to.options);
  } catch (error) {
    if (!(error instanceof InvalidValue)) throw error;
    return null;
  }
}
