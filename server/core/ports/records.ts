import type { JsonShape } from '../../../columnTypes/columnType.ts';
import type { Condition, Expr, StorageKind, Value } from '../../../columnTypes/query.ts';
import type { Maybe } from './maybe.ts';

/** Reading and writing the records of tables, and the tables themselves. Implemented in server/db. */

export interface ColumnRef {
  readonly name: string; // physical
  readonly storage: StorageKind;
}

export interface TableRef {
  readonly name: string; // physical
  readonly key: readonly ColumnRef[];
  /** Id of the connected database that holds it; absent: the instance's own. */
  readonly source?: string;
  /** Columns that rest in a type of their database's own, by physical name. */
  readonly native?: ReadonlyMap<string, string>;
}

export interface ReadField {
  readonly key: string; // the JSON key
  readonly expr: Expr;
  readonly shape: JsonShape;
}

export interface Order {
  readonly expr: Expr;
  /** NULLs come first ascending and last descending, on every engine. */
  readonly direction: 'asc' | 'desc';
}

export interface ReadPlan {
  readonly table: TableRef;
  readonly fields: readonly ReadField[];
  readonly where: Condition;
  /** The planner has already appended the key as tie-breaker. */
  readonly order: readonly Order[];
  /** Random order; `order` is then ignored. */
  readonly shuffle: boolean;
  /** How `list` shaped values look. */
  readonly lists: 'text' | 'array';
}

export interface GroupPlan {
  readonly table: TableRef;
  readonly by: readonly ReadField[];
  readonly aggregates: readonly ReadField[];
  readonly where: Condition;
  /** Over the keys of `by` and `aggregates`. */
  readonly order: readonly { readonly key: string; readonly direction: 'asc' | 'desc' }[];
}

/** UTF-8 JSON, ready to be sent. */
export type JsonText = Buffer;

/** One value as an engine reads it: an integer beyond 2^53 comes as its digits. */
export type RawValue = string | number | boolean | null;

/** A read compiled once, run often. */
export interface PreparedRead {
  /**
   * A JSON array of objects in the plan's shape; undefined when the engine
   * cannot write a shape of the plan, then use `rows`.
   */
  readonly json: ((limit: number, offset: number) => Maybe<JsonText>) | undefined;
  /** Values in the order of the plan's fields. */
  readonly rows: (limit: number, offset: number) => Maybe<RawValue[][]>;
  /** Rows that `where` keeps; never counted twice while the table is unchanged. */
  readonly count: () => Maybe<number>;
}

/** One record by its key, compiled once. `key` values in key order. */
export interface PreparedRecord {
  readonly json: ((key: readonly Value[]) => Maybe<JsonText | undefined>) | undefined;
  readonly row: (key: readonly Value[]) => Maybe<RawValue[] | undefined>;
}

/** Reads committed data only. */
export interface RecordReader {
  prepare(plan: ReadPlan): PreparedRead;
  /** `plan.where`, `order` and `shuffle` are ignored. */
  prepareRecord(plan: ReadPlan): PreparedRecord;
  count(table: TableRef, where: Condition): Maybe<number>;
  /** Which of the keys exist, in order. */
  exist(table: TableRef, keys: readonly (readonly Value[])[]): Maybe<boolean[]>;
  /** One row of aggregates, in the order of `fields`. */
  aggregate(table: TableRef, where: Condition, fields: readonly ReadField[]): Maybe<RawValue[]>;
  /** Groups in order, values of `by` then `aggregates`. */
  group(plan: GroupPlan, limit: number, offset: number): Maybe<RawValue[][]>;
  countGroups(plan: GroupPlan): Maybe<number>;
  /** All rows of the plan in batches, without holding the table in memory. */
  scan(plan: ReadPlan, batchSize: number): AsyncIterable<RawValue[][]>;
}

/** Two columns of the same storage, in two tables. */
export interface CopiedColumn {
  readonly from: ColumnRef;
  readonly to: ColumnRef;
}

/** Part of a transaction. Throws AppError for a refused write; the transaction then rolls back. */
export interface RecordWriter {
  /** Returns the keys of the new rows, in order, in the table's key order. */
  insert(
    table: TableRef,
    columns: readonly ColumnRef[],
    rows: readonly (readonly Value[])[],
  ): Maybe<RawValue[][]>;
  /** Whether each row existed. */
  update(
    table: TableRef,
    columns: readonly ColumnRef[],
    rows: readonly { readonly key: readonly Value[]; readonly values: readonly Value[] }[],
  ): Maybe<boolean[]>;
  updateWhere(
    table: TableRef,
    set: readonly { column: ColumnRef; value: Value }[],
    where: Condition,
  ): Maybe<number>;
  /** Whether each row existed. */
  delete(table: TableRef, keys: readonly (readonly Value[])[]): Maybe<boolean[]>;
  deleteWhere(table: TableRef, where: Condition): Maybe<number>;
  /** Sees the transaction's own writes. */
  rows(plan: ReadPlan, limit: number, offset: number): Maybe<RawValue[][]>;
  json(plan: ReadPlan, limit: number, offset: number): Maybe<JsonText | undefined>;
  exist(table: TableRef, keys: readonly (readonly Value[])[]): Maybe<boolean[]>;
  /** Adds the rows of `from` that `where` keeps to another table, inside the database. Returns how many. */
  copyRows(from: TableRef, to: TableRef, columns: readonly CopiedColumn[], where: Condition): Maybe<number>;
  /** Gives every row the value of one column in another column of the same storage. */
  copyColumn(table: TableRef, from: ColumnRef, to: ColumnRef): Maybe<void>;
  /** Reserves `count` numbers of a column's sequence; returns the first. */
  nextNumbers(columnId: string, count: number): Maybe<number>;
}

// ----------------------------------------------------------------- schema

export interface NewColumn extends ColumnRef {
  readonly key: boolean;
  readonly autoIncrement: boolean;
  readonly required: boolean;
  readonly unique: boolean;
}

/** Physical tables. Part of a transaction. */
export interface SchemaWriter {
  createTable(name: string, columns: readonly NewColumn[]): Maybe<void>;
  dropTable(name: string): Maybe<void>;
  addColumn(table: string, column: NewColumn): Maybe<void>;
  dropColumn(table: string, column: string): Maybe<void>;
  renameColumn(table: string, from: string, to: string): Maybe<void>;
  createIndex(table: string, columns: readonly string[], unique: boolean): Maybe<void>;
  dropIndex(table: string, columns: readonly string[], unique: boolean): Maybe<void>;
}
