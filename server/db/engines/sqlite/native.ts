import type Sqlite from 'better-sqlite3';
import type { NativeTypes } from '../../engine.ts';
import { sql } from '../../fragment.ts';
import { formatScaled, plainDigits } from './decimals.ts';

/**
 * Columns of files that others made. SQLite keeps any value in any column, so
 * each value says itself what it is. One that does not fit the column's type
 * is shown as the text it is; in columns of numbers and truths, which are
 * counted with, it is empty.
 */

type Stored = string | number | bigint | Buffer | null;

/** Bytes of a binary value that are shown. */
const shownBytes = 256;

function asText(value: Stored): string | null {
  if (value === null) return null;
  if (Buffer.isBuffer(value)) {
    const hex = value.subarray(0, shownBytes).toString('hex');
    return value.length > shownBytes ? `${hex}…` : hex;
  }
  return typeof value === 'number' ? plainDigits(value) : String(value);
}

const written = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?\s*$/i;

/** A number as canonical digits, or null for anything else. */
function asDecimal(value: Stored): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? plainDigits(value) : null;
  if (typeof value !== 'string') return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = written.exec(value) ?? [];
  if (whole + fraction === '') return null;
  const units = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? formatScaled(units, scale) : formatScaled(units * 10n ** BigInt(-scale), 0);
}

/** A whole number as such, any other by its digits. */
function asInteger(value: Stored): Stored {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  const digits = asDecimal(value);
  return digits !== null && /^-?\d{1,15}$/.test(digits) ? BigInt(digits) : digits;
}

const truths: ReadonlyMap<string, number> = new Map([
  ...['true', 't', 'yes', 'y', 'on', '1'].map((word) => [word, 1] as const),
  ...['false', 'f', 'no', 'n', 'off', '0'].map((word) => [word, 0] as const),
]);

/** 1, 0, or null where the value is no truth at all. */
function asBoolean(value: Stored): bigint | null {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value) === 0 ? 0n : 1n;
  const truth = truths.get(String(value).trim().toLowerCase());
  return truth === undefined ? null : BigInt(truth);
}

const day = /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/;
const moment = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;
const clock = /^(\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?$/;

const asDate = (value: Stored): string | null => day.exec(String(value))?.[1] ?? asText(value);

/** A moment without a zone is taken for UTC, as SQLite's own functions do. */
function asDateTime(value: Stored): string | null {
  const match = moment.exec(String(value));
  if (match === null) return asText(value);
  const [, date, minutes = '00:00', seconds = '00', zone = 'Z'] = match;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const parsed = new Date(`${date}T${minutes}:${seconds}${offset}`);
  if (Number.isNaN(parsed.getTime())) return asText(value);
  return `${parsed.toISOString().slice(0, 19).replace('T', ' ')}+00:00`;
}

function asTime(value: Stored): string | null {
  const match = clock.exec(String(value));
  return match === null ? asText(value) : `${match[1]}:${match[2] ?? '00'}`;
}

const readers: Readonly<Record<string, (value: Stored) => Stored>> = {
  text: asText,
  integer: asInteger,
  decimal: asDecimal,
  boolean: asBoolean,
  date: asDate,
  datetime: asDateTime,
  time: asTime,
  json: asText,
};

/** Functions `rg_native_<storage>` that the reading of such columns calls. */
export function registerNative(db: Sqlite.Database): void {
  for (const [storage, read] of Object.entries(readers)) {
    db.function(`rg_native_${storage}`, { deterministic: true }, (value: Stored) =>
      value === null ? null : read(value),
    );
  }
}

export const sqliteNative: NativeTypes = {
  read(of, _type, storage) {
    switch (storage) {
      case 'text':
        return sql`iif(typeof(${of}) = 'text', ${of}, rg_native_text(${of}))`;
      case 'json':
        return sql`iif(typeof(${of}) = 'text', ${of}, rg_native_json(${of}))`;
      // a function takes an integer for a double and would lose its last digits
      case 'integer':
        return sql`iif(typeof(${of}) = 'integer', ${of}, rg_native_integer(${of}))`;
      case 'decimal':
        return sql`iif(typeof(${of}) = 'integer', cast(${of} as text), rg_native_decimal(${of}))`;
      case 'boolean':
        return sql`rg_native_boolean(${of})`;
      case 'date':
        return sql`rg_native_date(${of})`;
      case 'datetime':
        return sql`rg_native_datetime(${of})`;
      case 'time':
        return sql`rg_native_time(${of})`;
    }
  },
  // as SQLite's own functions write a moment; other values take the form of the column's affinity
  write: (value, _type, storage) => (storage === 'datetime' ? sql`substr(${value}, 1, 19)` : value),
  exact(type, storage) {
    if (storage === 'integer') return /int/i.test(type);
    return storage === 'text' && /char|clob|text/i.test(type) && !/int/i.test(type);
  },
};
