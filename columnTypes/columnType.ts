import type { Condition, Expr, StorageKind, Value } from './query.ts';

/**
 * How a value looks in JSON. The plain path (core) and the engines that build
 * JSON in SQL both understand exactly these words:
 * - string, boolean: as is
 * - number: a JSON number while a double holds it exactly as written, otherwise
 *   a JSON string of its digits (64-bit integers, long decimals)
 * - json: the stored JSON itself
 * - list: a comma separated text; flat wires send the text, structured wires an array
 * - people: comma separated user ids, sent as an array of people
 * - person: one user id, sent as one person or null
 */
export type JsonShape = 'string' | 'number' | 'boolean' | 'json' | 'list' | 'people' | 'person';

/** Who fills a column: the caller, or the server at the named moment. */
export type FilledBy =
  | 'caller'
  | 'key' // auto-increment primary key
  | 'createdTime'
  | 'lastModifiedTime'
  | 'createdBy'
  | 'lastModifiedBy'
  | 'uuid' // on insert
  | 'sequence'; // on insert, next number of the column

/** What a person must know about a refused value. `phrase` completes "Field 'X' …". */
export class InvalidValue extends Error {
  override readonly name = 'InvalidValue';
  /** @param phrase completes "Field 'X' …", e.g. "must be a whole number" */
  readonly phrase: string;
  constructor(phrase: string) {
    super(phrase);
    this.phrase = phrase;
  }
}

/** A choice outside a select's options: the wire has a status and text of its own for it. */
export class InvalidChoice extends InvalidValue {
  readonly given: readonly string[];
  readonly valid: readonly string[];
  constructor(given: readonly string[], valid: readonly string[]) {
    super(`has no option ${given.map((g) => `'${g}'`).join(', ')}`);
    this.given = given;
    this.valid = valid;
  }
}

/** A refused argument of a filter. */
export class InvalidFilter extends Error {
  override readonly name = 'InvalidFilter';
  /**
   * - unsupportedOperator: the type does not know the operator
   * - unsupportedValue: the type does not understand the argument
   * - unsupportedSub: the date sub-operator is unknown or of the wrong set
   */
  readonly reason: 'unsupportedOperator' | 'unsupportedValue' | 'unsupportedSub';
  readonly given: string;
  constructor(reason: InvalidFilter['reason'], given: string, message: string) {
    super(message);
    this.reason = reason;
    this.given = given;
  }
}

/** The argument of one filter term, as the wire gave it; types interpret it. */
export interface FilterArgument {
  /** Everything after the operator as one text; null when there was none. */
  readonly text: string | null;
  /** The same split at commas (or as quoted); a bare `null` of the newer grammar is null. */
  readonly items: readonly (string | null)[];
}

export interface FilterContext {
  readonly now: Date;
  /** IANA name; day boundaries of relative date filters. */
  readonly timeZone: string;
}

/** From a column and an argument to a condition. Throws InvalidFilter. */
export type Operator<O> = (
  column: Expr,
  argument: FilterArgument,
  options: O,
  context: FilterContext,
) => Condition;

/** What parse may look up; ids and addresses are resolved before the waist. */
export interface ParseContext {
  /** Finds a member of the base by id or e-mail address (any case); undefined if there is none. */
  readonly findPerson: (idOrEmail: string) => string | undefined;
  /** Longest text accepted, in characters. */
  readonly maxTextLength: number;
}

/**
 * What a column can be. A plain object, pure, the same in server and browser.
 * `O` is the shape of the column's options after `options.parse`.
 */
export interface ColumnType<O = Record<string, unknown>> {
  /** The word of the wire (`uidt`), e.g. 'SingleLineText'. */
  readonly name: string;
  readonly storage: StorageKind;
  readonly json: JsonShape;
  readonly filledBy: FilledBy;
  readonly options: {
    /** JSON Schema of the options, for documents. */
    readonly schema: Record<string, unknown>;
    /** Untrusted options (undefined for none) to options with defaults. Throws InvalidValue. */
    readonly parse: (input: unknown) => O;
  };
  /**
   * Untrusted JSON value to a canonical value of `storage`; null and undefined
   * are null. Throws InvalidValue (or InvalidChoice).
   */
  readonly parse: (input: unknown, options: O, context: ParseContext) => Value;
  /**
   * Canonical value to the text that `parse` reads back, for copy, CSV and
   * changes of type; null is the empty string.
   */
  readonly format: (value: Value, options: O) => string;
  /** Operators by their wire name, aliases included. */
  readonly operators: Readonly<Record<string, Operator<O>>>;
  /** JSON Schema of the value in JSON (null is added by the caller). */
  readonly schema: (options: O, lists: 'text' | 'array') => Record<string, unknown>;
  /** Aggregations of the wire this type answers besides those of every type. */
  readonly aggregations: 'none' | 'number' | 'date' | 'boolean';
}

// biome-ignore lint/suspicious/noExplicitAny: a list of types holds types of any options
export type AnyColumnType = ColumnType<any>;
