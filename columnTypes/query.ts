/**
 * The narrow waist: the only language that column types, the core and the
 * database engines share. It knows no engine and no column type.
 *
 * A new kind of node is a decision (write an ADR): every engine stops
 * compiling until it answers.
 */

/** How a value rests in a database, independent of the engine. */
export type StorageKind =
  | 'text' // string
  | 'integer' // 64-bit signed
  | 'decimal' // exact decimal, any precision
  | 'boolean'
  | 'date' // 'YYYY-MM-DD'
  | 'datetime' // an instant, second precision, UTC
  | 'time' // 'HH:mm:ss'
  | 'json'; // JSON text

/**
 * A value in its one canonical form, by storage kind:
 * - text: string without NUL and without lone surrogates
 * - integer: number when it is a safe integer, otherwise bigint (64-bit range)
 * - decimal: plain decimal digits, e.g. '-12.5' (no exponent, no '+', no
 *   superfluous zeros, never '-0')
 * - boolean: boolean
 * - date: 'YYYY-MM-DD'
 * - datetime: 'YYYY-MM-DD HH:mm:ss+00:00' (always UTC)
 * - time: 'HH:mm:ss'
 * - json: JSON text as JSON.stringify writes it
 */
export type Value = string | number | bigint | boolean | null;

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** Functions that every engine spells for itself. */
export type FunctionName =
  | 'lower' // Unicode lower case of a text
  | 'length'; // characters of a text

/** Aggregates over a set of rows. `count` without argument counts rows. */
export type AggregateName =
  | 'count'
  | 'countDistinct'
  | 'sum' // exact for integers; decimals as exact as the engine can
  | 'min'
  | 'max'
  | 'avg'
  | 'median'
  | 'stdDev'; // population standard deviation

export type Expr =
  | { readonly kind: 'column'; readonly name: string; readonly storage: StorageKind }
  | { readonly kind: 'value'; readonly value: Value; readonly storage: StorageKind }
  | {
      readonly kind: 'call';
      readonly name: FunctionName;
      readonly args: readonly Expr[];
      readonly storage: StorageKind;
    }
  | {
      readonly kind: 'case';
      readonly branches: readonly { readonly when: Condition; readonly value: Expr }[];
      readonly otherwise: Expr;
      readonly storage: StorageKind;
    }
  | {
      readonly kind: 'aggregate';
      readonly name: AggregateName;
      readonly of: Expr | null;
      readonly storage: StorageKind;
    };

export type Condition =
  | { readonly kind: 'all'; readonly of: readonly Condition[] } // empty: true
  | { readonly kind: 'any'; readonly of: readonly Condition[] } // empty: false
  | { readonly kind: 'not'; readonly of: Condition } // SQL's NOT: unknown stays unknown
  | { readonly kind: 'compare'; readonly op: Comparison; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'isNull'; readonly of: Expr }
  /** Case-insensitive (Unicode) match; `%` any run, `_` any one character. */
  | { readonly kind: 'matchesPattern'; readonly of: Expr; readonly pattern: string }
  /** A comma separated text holds the item, case-insensitively. */
  | { readonly kind: 'hasItem'; readonly of: Expr; readonly item: string }
  | { readonly kind: 'in'; readonly of: Expr; readonly values: readonly Value[] }; // empty: false

export const always: Condition = { kind: 'all', of: [] };
export const never: Condition = { kind: 'any', of: [] };

export const columnOf = (name: string, storage: StorageKind): Expr => ({ kind: 'column', name, storage });
export const literalOf = (value: Value, storage: StorageKind): Expr => ({ kind: 'value', value, storage });

export const all = (of: readonly Condition[]): Condition =>
  of.length === 1 ? (of[0] as Condition) : { kind: 'all', of };
export const any = (of: readonly Condition[]): Condition =>
  of.length === 1 ? (of[0] as Condition) : { kind: 'any', of };
export const not = (of: Condition): Condition => ({ kind: 'not', of });
export const isNull = (of: Expr): Condition => ({ kind: 'isNull', of });
export const isNotNull = (of: Expr): Condition => not(isNull(of));

export function compare(op: Comparison, left: Expr, right: Expr | Value): Condition {
  const other: Expr = right !== null && typeof right === 'object' ? right : literalOf(right, left.storage);
  return { kind: 'compare', op, left, right: other };
}
