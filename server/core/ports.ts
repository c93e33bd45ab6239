import type { JsonShape } from '../../columnTypes/columnType.ts';
import type { Condition, Expr, StorageKind, Value } from '../../columnTypes/query.ts';
import type { BaseRole } from '../../vocabulary/roles.ts';
import type { ApiToken, BaseSummary, Member, Session, Source, User, View } from './model.ts';

/**
 * What the core needs from the outside. Implementations live in server/db,
 * server/crypto, server/mail; main.ts connects them.
 */

export type Maybe<T> = T | Promise<T>;

// ---------------------------------------------------------------- records

export interface ColumnRef {
  readonly name: string; // physical
  readonly storage: StorageKind;
}

export interface TableRef {
  readonly name: string; // physical
  readonly key: readonly ColumnRef[];
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

// ------------------------------------------------------------------ stores

export interface NewUser extends Omit<User, 'createdAt' | 'updatedAt'> {
  readonly passwordHash: string | null;
}

/** The secrets of a user row; they never travel with `User`. */
export interface UserSecrets {
  readonly passwordHash: string | null;
  readonly resetTokenHash: string | null;
  readonly resetExpiresAt: number | null;
  readonly inviteTokenHash: string | null;
  readonly inviteExpiresAt: number | null;
}

export interface UserStore {
  find(id: string): Promise<User | undefined>;
  findMany(ids: readonly string[]): Promise<User[]>;
  findByEmail(email: string): Promise<User | undefined>;
  findByResetTokenHash(hash: string): Promise<User | undefined>;
  findByInviteTokenHash(hash: string): Promise<User | undefined>;
  secrets(id: string): Promise<UserSecrets | undefined>;
  count(): Promise<number>;
  list(query: { search?: string; limit: number; offset: number }): Promise<{ users: User[]; total: number }>;
  insert(user: NewUser): Promise<void>;
  update(id: string, change: Partial<Omit<User, 'id'> & UserSecrets>): Promise<void>;
  /** Removes the user with every session, token and membership. */
  delete(id: string): Promise<void>;
}

export interface SessionStore {
  find(id: string): Promise<Session | undefined>;
  listOfUser(userId: string): Promise<Session[]>; // not revoked, newest first
  insert(session: Session): Promise<void>;
  /** Compare and swap: true when this call moved `from` to `from + 1`. */
  advance(id: string, from: number, at: number): Promise<boolean>;
  touch(id: string, lastSeenAt: number): Promise<void>;
  revoke(id: string, at: number, reason: string): Promise<void>;
  revokeAllOfUser(userId: string, at: number, reason: string, except?: string): Promise<string[]>;
}

export interface TokenSecret {
  readonly keyId: string;
  readonly nonce: string; // base64
  readonly ciphertext: string; // base64, with authentication tag
}

export interface TokenUse {
  readonly tokenId: number;
  readonly at: number;
  readonly address: string | null;
  readonly agent: string | null;
  readonly calls: number;
}

export interface TokenStore {
  /** One probe of the unique index; revoked ones too. */
  findByHash(hash: string): Promise<ApiToken | undefined>;
  find(id: number): Promise<ApiToken | undefined>;
  /** Not revoked, newest first. */
  list(query: {
    userId?: string;
    baseId?: string | null; // null: only those bound to no base; undefined: all
    limit?: number;
    offset?: number;
  }): Promise<{ tokens: ApiToken[]; total: number }>;
  lastUses(ids: readonly number[]): Promise<Map<number, TokenUse>>;
  insert(token: Omit<ApiToken, 'id'>): Promise<number>;
  update(
    id: number,
    change: Partial<Pick<ApiToken, 'name' | 'enabled' | 'expiresAt' | 'updatedAt'>>,
  ): Promise<void>;
  /** Marks the token dead and destroys its encrypted copy. */
  revoke(id: number, at: number, by: string, reason: string): Promise<void>;
  saveSecret(id: number, secret: TokenSecret): Promise<void>;
  secret(id: number): Promise<TokenSecret | undefined>;
  recordUses(uses: readonly TokenUse[]): Promise<void>;
}

/** A column as it rests in the metadata, before types and options are resolved. */
export interface ColumnRow {
  readonly id: string;
  readonly baseId: string;
  readonly tableId: string;
  readonly title: string;
  readonly name: string;
  readonly type: string; // the wire's uidt
  readonly options: Readonly<Record<string, unknown>>;
  readonly meta: Readonly<Record<string, unknown>> | null;
  readonly key: boolean;
  readonly autoIncrement: boolean;
  readonly display: boolean;
  readonly required: boolean;
  readonly unique: boolean;
  readonly system: boolean;
  readonly defaultValue: string | null;
  readonly description: string | null;
  readonly order: number;
  readonly references: { readonly tableId: string; readonly columnId: string } | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface TableRow {
  readonly id: string;
  readonly baseId: string;
  readonly sourceId: string;
  readonly title: string;
  readonly name: string;
  readonly order: number;
  readonly description: string | null;
  readonly meta: Readonly<Record<string, unknown>> | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type BaseRow = Omit<BaseSummary, 'members' | 'sources'>;

export interface BaseStore {
  find(id: string): Promise<BaseSummary | undefined>;
  /** Everything of a base in a constant number of queries. */
  load(
    id: string,
  ): Promise<{ base: BaseSummary; tables: TableRow[]; columns: ColumnRow[]; views: View[] } | undefined>;
  /** All bases, or those the user is a member of; in order. */
  list(memberId?: string): Promise<BaseSummary[]>;
  baseOfTable(tableId: string): Promise<string | undefined>;
  baseOfColumn(columnId: string): Promise<string | undefined>;
  baseOfView(viewId: string): Promise<string | undefined>;
  insert(base: BaseRow, source: Source): Promise<void>;
  update(id: string, change: Partial<Omit<BaseRow, 'id' | 'prefix'>>): Promise<void>;
  delete(id: string): Promise<void>; // metadata of its tables, columns, views, members too
  setMember(baseId: string, member: Member): Promise<void>;
  removeMember(baseId: string, userId: string): Promise<void>;
  insertTable(table: TableRow): Promise<void>;
  updateTable(id: string, change: Partial<Omit<TableRow, 'id' | 'baseId' | 'name'>>): Promise<void>;
  deleteTable(id: string): Promise<void>; // columns and views too
  insertColumns(columns: readonly ColumnRow[]): Promise<void>;
  updateColumn(id: string, change: Partial<Omit<ColumnRow, 'id' | 'baseId' | 'tableId'>>): Promise<void>;
  deleteColumn(id: string): Promise<void>;
  insertView(view: View & { baseId: string }): Promise<void>;
  updateView(id: string, change: Partial<Omit<View, 'id' | 'tableId'>>): Promise<void>;
  deleteView(id: string): Promise<void>;
}

export interface SettingStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  all(): Promise<Map<string, string>>;
}

export interface AuditEntry {
  readonly at: number;
  readonly action: string; // e.g. 'token.create'
  readonly userId: string | null;
  readonly tokenId: number | null;
  readonly sessionId: string | null;
  readonly baseId: string | null;
  readonly tableId: string | null;
  readonly target: string | null; // id of the thing acted upon; never a secret
  readonly details: Readonly<Record<string, unknown>> | null;
  readonly address: string | null;
  readonly agent: string | null;
  readonly requestId: string | null;
}

export interface AuditStore {
  add(entry: AuditEntry): Promise<void>;
  list(query: { baseId?: string; limit: number; offset: number }): Promise<AuditEntry[]>;
}

export interface Job {
  readonly id: string;
  readonly baseId: string;
  readonly kind: string; // e.g. 'import'
  readonly status: 'active' | 'completed' | 'failed';
  readonly userId: string;
  readonly progress: Readonly<Record<string, unknown>> | null;
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface JobStore {
  insert(job: Job): Promise<void>;
  update(
    id: string,
    change: Partial<Pick<Job, 'status' | 'progress' | 'result' | 'updatedAt'>>,
  ): Promise<void>;
  find(id: string): Promise<Job | undefined>;
  list(baseId: string, filter: { kind?: string; status?: string }): Promise<Job[]>;
}

export interface Stores {
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly tokens: TokenStore;
  readonly bases: BaseStore;
  readonly settings: SettingStore;
  readonly audit: AuditStore;
  readonly jobs: JobStore;
}

/**
 * What a change makes stale. Written in the same transaction as the change,
 * applied to this process's caches after the commit and before `transaction`
 * resolves; other processes learn it from the log.
 * Keys: base → base id; user → user id; session → session id; token → token
 * hash; settings → ''.
 */
export type InvalidationKind = 'base' | 'user' | 'session' | 'token' | 'settings';

export interface Transaction extends Stores {
  readonly records: RecordWriter;
  readonly schema: SchemaWriter;
  invalidate(kind: InvalidationKind, key: string): void;
}

/** All or nothing: `work` throws → nothing was written. Transactions of a process run one after the other. */
export type RunTransaction = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;

/** What a change of any process makes stale, heard after its commit. `all`: forget everything. */
export type InvalidationListener = (kind: InvalidationKind | 'all', key: string) => void;

export interface Invalidations {
  subscribe(listener: InvalidationListener): void;
  /**
   * Applies what other processes have committed since the last call. Cheap;
   * called before every use of a cached credential or schema.
   */
  catchUp(): Maybe<void>;
}

// ------------------------------------------------------------------ crypto

export interface Passwords {
  /** argon2id, PHC string. Rejects with UNAVAILABLE when too many are queued. */
  hash(password: string): Promise<string>;
  /** With `stored` null it takes the same time and answers false. */
  verify(password: string, stored: string | null): Promise<boolean>;
  /** Whether a stored string is weaker than today's; then hash again after a successful sign-in. */
  needsRehash(stored: string): boolean;
}

export interface SessionClaims {
  readonly id: string; // user id
  readonly email: string;
  readonly roles: Readonly<Record<string, true>>;
  readonly sid: string;
  readonly jti: string;
  readonly token_version: string;
  readonly iat: number; // seconds
  readonly exp: number; // seconds
}

export interface SessionSigner {
  sign(claims: SessionClaims): string;
  /** undefined for anything that is not a valid, unexpired JWT of ours. */
  verify(jwt: string, now: Date): SessionClaims | undefined;
}

/** Encrypts copies of token secrets under a key outside the database. */
export interface TokenCipher {
  encrypt(plain: string, associatedData: string): TokenSecret;
  /** Throws when the key is unknown or the data does not belong together. */
  decrypt(secret: TokenSecret, associatedData: string): string;
}

/** Derives refresh cookies: HMAC-SHA-256, base64url. */
export type Mac = (data: string) => string;

export interface Mailer {
  /** False: no mail server is set up; nothing was sent. */
  readonly configured: boolean;
  send(mail: { to: string; subject: string; text: string }): Promise<void>;
}

export type { BaseRole };
