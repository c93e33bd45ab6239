import type { JsonShape } from '../../columnTypes/columnType.ts';
import type { AggregateName, FunctionName, StorageKind, Value } from '../../columnTypes/query.ts';
import type {
  ColumnRef,
  Maybe,
  NewColumn,
  RawValue,
  RecordReader,
  RecordWriter,
  SchemaWriter,
  TableRef,
  TransactionScope,
} from '../core/ports.ts';
import type { Fragment, Sql } from './fragment.ts';

export type { Sql } from './fragment.ts';

/**
 * What a database engine must answer. Standard SQL is written once in
 * compile.ts, records*.ts and schema.ts; an engine states its spelling
 * (`Dialect`) and how it runs statements (`ReadConnection`,
 * `WriteConnection`). It knows storage kinds and JSON shapes, never a column
 * type. See docs/adding-an-engine.md.
 */

/** light: answers in microseconds, may run where requests are served; heavy: may scan, must not delay others. */
export type Weight = 'light' | 'heavy';

/** Spelling. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres' | 'mysql';
  /** Most parameters of one statement. */
  readonly maxParameters: number;
  quote(identifier: string): string;
  /** The n-th parameter, from 1. */
  placeholder(n: number): string;
  nativeType(storage: StorageKind, column: Pick<NewColumn, 'key' | 'autoIncrement'>): string;
  /** What follows the name of an integer column that is the whole key; with `autoIncrement` no number comes twice. */
  integerKey(autoIncrement: boolean): string;
  /** The statement; `connection` is the one it will run on, for an engine that must look at the columns first. */
  createIndex(index: IndexShape, table: string, connection: WriteConnection): Maybe<string>;
  dropIndex(name: string, table: string): string;
  /** What follows the table of an `insert` that gives no column a value. */
  readonly defaultRow: string;
  /** How an `insert` begins and ends that leaves a row alone whose key is there already. */
  readonly insertNew: readonly [begin: string, end: string];
  /** A canonical value as the driver takes it for a column of that storage. */
  bind(value: Value, storage: StorageKind): unknown;
  /** A canonical value inside an expression. */
  parameter(value: Value, storage: StorageKind): Fragment;
  /** What a stored value is sorted and compared by: terms, most significant first. */
  orderTerms(of: Fragment, storage: StorageKind): readonly Fragment[];
  /** The same terms of a canonical value. */
  orderValues(value: Value, storage: StorageKind): readonly Fragment[];
  /** Added to a sort term so that NULLs come first ascending and last descending. */
  nullsOrder(direction: 'asc' | 'desc'): string;
  /** An integer (or boolean) as a decimal. */
  toDecimal(of: Fragment): Fragment;
  /** A stored value as a read returns it (see RawValue). */
  readValue(of: Fragment, storage: StorageKind): Fragment;
  /** What is left to do with what the driver returned; undefined for nothing. */
  fromDriver(storage: StorageKind): ((value: unknown) => RawValue) | undefined;
  /** A stored value as JSON; undefined when this engine cannot. `lists` is how `list` shapes look. */
  jsonValue(
    of: Fragment,
    storage: StorageKind,
    shape: JsonShape,
    lists: 'text' | 'array',
  ): Fragment | undefined;
  /** `select` of one JSON array of objects over the rows of `from`; undefined when there are too many members. */
  jsonRows(members: readonly JsonMember[], from: Fragment): Fragment | undefined;
  /** `select` of one JSON object per row of `from`. */
  jsonRow(members: readonly JsonMember[], from: Fragment): Fragment | undefined;
  /** Case-insensitive match; `%` any run, `_` any one character. */
  matchesPattern(of: Fragment, pattern: string, storage: StorageKind): Fragment;
  hasItem(of: Fragment, item: string): Fragment;
  /** `values` is not empty and holds no null. */
  inValues(of: Fragment, values: readonly Value[], storage: StorageKind): Fragment;
  call(name: FunctionName, args: readonly Fragment[]): Fragment;
  /** `of` is null for a count of rows only; `storage` is the one of `of`. */
  aggregate(name: AggregateName, of: Fragment | null, storage: StorageKind): Fragment;
  readonly random: Fragment;
  /** ` limit … offset …` with a parameter for each, undefined until the statement runs. */
  readonly window: Fragment;
  /** Added to `create table`. */
  readonly tableOptions: string;
  /** Says of an error that the change was made before; only where changes of tables commit by themselves. */
  readonly wasDone?: (error: unknown) => boolean;
  /** How columns of tables made by others are read and written; only for connected databases. */
  readonly native?: NativeTypes;
}

/**
 * Between the types of a database and the forms in which this engine keeps the
 * storage kinds. `type` is the native type as the database writes it.
 */
export interface NativeTypes {
  /** A stored value in the form this engine keeps for the storage; the value itself where that is the same. */
  read(of: Fragment, type: string, storage: StorageKind): Fragment;
  /** A canonical value, bound for the storage, as the column takes it. */
  write(value: Fragment, type: string, storage: StorageKind): Fragment;
  /** Whether what equals the canonical value equals it as stored, too: then an index of the column finds it. */
  exact(type: string, storage: StorageKind, value: Value): boolean;
}

export interface JsonMember {
  readonly key: string;
  readonly value: Fragment;
}

/** Runs reads of committed data. */
export interface ReadConnection {
  /** Rows as arrays, in the order of the columns. */
  rows(sql: Sql, weight: Weight): Maybe<unknown[][]>;
  /** First column of the first row, as bytes. */
  bytes(sql: Sql, weight: Weight): Maybe<Buffer | undefined>;
  /** About how many rows a table has, cheaply and rather too many than too few; 0 where weight does not matter. */
  estimateRows(table: string): number;
  /**
   * Changes whenever something other than this process's record writers
   * committed; undefined when the engine cannot tell, then nothing is kept.
   */
  foreignVersion(): number | undefined;
}

/** What a refused statement was about to write, to name the field in the answer. */
export interface RefusedWrite {
  readonly table: string;
  readonly columns: readonly string[];
  /** As bound; empty when they differ from row to row. */
  readonly values: readonly unknown[];
  /** Key columns and bound values of the row that was being changed. */
  readonly row?: { readonly columns: readonly string[]; readonly values: readonly unknown[] };
}

export interface IndexShape {
  readonly name: string;
  readonly unique: boolean;
  readonly columns: readonly string[];
}

/** A change of a table's shape, beside the statement that makes it. */
export type SchemaStep =
  | { readonly kind: 'createTable' | 'dropTable'; readonly table: string }
  | { readonly kind: 'addColumn' | 'dropColumn'; readonly table: string; readonly column: string }
  | { readonly kind: 'renameColumn'; readonly table: string; readonly from: string; readonly to: string }
  | { readonly kind: 'createIndex'; readonly table: string; readonly index: IndexShape }
  | { readonly kind: 'dropIndex'; readonly table: string; readonly name: string };

/** New rows of one table. */
export interface InsertedRows {
  readonly table: TableRef;
  readonly columns: readonly ColumnRef[];
  /** As bound, in the order of the columns. Null in the column of a key that counts up: the next number. */
  readonly rows: readonly (readonly unknown[])[];
}

/** Runs the statements of one transaction. */
export interface WriteConnection {
  /**
   * Many rows in few statements; undefined where one statement a row is as
   * fast. Returns their keys in order, in the table's key order, and throws as
   * `explain` says, naming the row that was refused.
   */
  readonly insertRows: ((inserted: InsertedRows) => Promise<RawValue[][]>) | undefined;
  /** After keys were written by a statement: new rows are numbered after the largest. Undefined where that needs nothing. */
  readonly advanceKey: ((table: TableRef) => Promise<void>) | undefined;
  run(sql: Sql): Maybe<{ readonly changes: number; readonly insertId: RawValue }>;
  rows(sql: Sql): Maybe<unknown[][]>;
  bytes(sql: Sql): Maybe<Buffer | undefined>;
  /** The error to throw for a driver's error: an AppError where it is the caller's doing. By code, never by text. */
  explain(error: unknown, write: RefusedWrite): Maybe<unknown>;
  /** Indexes made by `create index`, not those of keys. */
  indexes(table: string): Maybe<readonly IndexShape[]>;
  keyColumns(table: string): Maybe<readonly string[]>;
  readonly execute: Execute;
  /** Runs a change of a table where that takes more than `run`, e.g. because it commits by itself; absent: `run`. */
  readonly alter?: (step: SchemaStep, statement: Sql) => Promise<void>;
  /** Lets other work run between pieces of a long write; undefined where writes do not hold the process. */
  readonly pause: (() => Promise<void>) | undefined;
}

/** One statement of the metadata stores: rows as objects keyed by column. */
export type Execute = (sql: Sql) => Execution | Promise<Execution>;

export interface Execution {
  readonly rows: readonly Record<string, unknown>[];
  /** Rows changed by an insert, update or delete. */
  readonly changes: number;
  /** Last auto-increment id of an insert, where there is one. */
  readonly insertId?: number;
}

/** What one engine file gives; sources.ts makes a `Database` of it. */
export interface EngineConnection {
  readonly dialect: Dialect;
  readonly read: ReadConnection;
  /** Reads see committed data; a statement that writes runs in a transaction of its own. */
  readonly execute: Execute;
  /**
   * All or nothing. The connection is dead once the transaction has ended.
   * `committed` is called in the same breath as the commit, before anybody can
   * read what was written.
   */
  transaction<T>(
    work: (connection: WriteConnection) => Promise<T>,
    committed: () => void,
    scope: TransactionScope,
  ): Promise<T>;
  /**
   * Changes when another process has committed; costs microseconds. Undefined
   * when the engine must be asked over a network: then processes tell each other.
   */
  readonly dataVersion: (() => number) | undefined;
  /** How many record reads ran where requests are served, and how many elsewhere. */
  readCounts(): { readonly light: number; readonly heavy: number };
  /** Waits for the transactions asked for, then frees everything. */
  close(): Promise<void>;
}

/** What a transaction may use; dead once it has ended. */
export interface TransactionHandle {
  /** Sees the transaction's own writes. */
  readonly execute: Execute;
  readonly records: RecordWriter;
  readonly schema: SchemaWriter;
}

/** An open database. */
export interface Database extends Omit<EngineConnection, 'read' | 'transaction'> {
  readonly reader: RecordReader;
  /**
   * All or nothing; throws UNAVAILABLE when another process holds the database
   * too long. Starting one inside another is an error of the program and throws.
   */
  transaction<T>(work: (handle: TransactionHandle) => Promise<T>, scope?: TransactionScope): Promise<T>;
}
