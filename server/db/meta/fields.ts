/**
 * One description of a table's columns serves both directions: a stored row to
 * a value of the model, and a (partial) value to stored columns. The compiler
 * checks that no member of the model is forgotten.
 */

export interface Field<T> {
  readonly column: string;
  readonly read: (stored: unknown) => T;
  readonly write: (value: T) => unknown;
}

export type Fields<R> = { readonly [K in keyof R]-?: Field<R[K]> };

type Json = Readonly<Record<string, unknown>>;

const asIs = (value: unknown): unknown => value;
const orNull =
  <T>(read: (stored: unknown) => T) =>
  (stored: unknown): T | null =>
    stored === null || stored === undefined ? null : read(stored);

export const text = (column: string): Field<string> => ({ column, read: String, write: asIs });
export const optionalText = (column: string): Field<string | null> => ({
  column,
  read: orNull(String),
  write: asIs,
});

/** A number; drivers may give a 64-bit integer as text or bigint. */
export const number = (column: string): Field<number> => ({ column, read: Number, write: asIs });
export const optionalNumber = (column: string): Field<number | null> => ({
  column,
  read: orNull(Number),
  write: asIs,
});

/** A boolean, stored as 0 or 1 on every engine. */
export const flag = (column: string): Field<boolean> => ({
  column,
  read: (stored) => Number(stored) !== 0,
  write: (value) => (value ? 1 : 0),
});

/** One word of a closed list, kept as text. */
export const word = <W extends string>(column: string): Field<W> => ({
  column,
  read: (stored) => String(stored) as W,
  write: asIs,
});

/** E-mail addresses are kept and compared in lower case. */
export const email = (column: string): Field<string> => ({
  column,
  read: String,
  write: (value) => value.toLowerCase(),
});

export const json = (column: string): Field<Json> => ({
  column,
  read: (stored) => JSON.parse(String(stored)) as Json,
  write: (value) => JSON.stringify(value),
});
export const optionalJson = (column: string): Field<Json | null> => ({
  column,
  read: orNull((stored) => JSON.parse(String(stored)) as Json),
  write: (value) => (value === null ? null : JSON.stringify(value)),
});

/** JSON of a known form that may be absent, e.g. what only connected databases have. */
export const absentJson = <T>(column: string): Field<T | undefined> => ({
  column,
  read: (stored) => (stored === null || stored === undefined ? undefined : (JSON.parse(String(stored)) as T)),
  write: (value) => JSON.stringify(value),
});

export function readRow<R>(fields: Fields<R>, row: Readonly<Record<string, unknown>>): R {
  const value: Partial<R> = {};
  for (const key in fields) {
    const member = fields[key].read(row[fields[key].column]);
    if (member !== undefined) value[key] = member;
  }
  return value as R;
}

/** The stored columns of the members present; undefined members are left alone. */
export function writeRow<R>(fields: Fields<R>, value: Partial<R>): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const key in fields) {
    const member = value[key];
    if (member !== undefined) row[fields[key].column] = fields[key].write(member);
  }
  return row;
}

/** Lists of values in pieces that every engine can bind at once. */
export function inPieces<T>(values: readonly T[], size: number): T[][] {
  const pieces: T[][] = [];
  for (let start = 0; start < values.length; start += size) pieces.push(values.slice(start, start + size));
  return pieces;
}

/** The only row's `total`. */
export const readTotal = (rows: readonly Record<string, unknown>[]): number => Number(rows[0]?.total ?? 0);
