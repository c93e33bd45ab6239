import type {
  ApiToken,
  BaseSummary,
  Member,
  NativeColumn,
  NativeTable,
  Session,
  Source,
  User,
} from '../model.ts';
import type { FilterRow, SortRow, ViewColumnRow, ViewRow, ViewStore } from './views.ts';

/** Our own tables, a store each. Implemented in server/db/meta. */

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
  readonly native?: NativeColumn | undefined;
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
  readonly native?: NativeTable | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type BaseRow = Omit<BaseSummary, 'members' | 'sources'>;

/** Everything that describes a base, in order. */
export interface LoadedBase {
  readonly base: BaseSummary;
  readonly tables: readonly TableRow[];
  readonly columns: readonly ColumnRow[];
  readonly views: readonly ViewRow[];
  readonly viewColumns: readonly ViewColumnRow[];
  readonly filters: readonly FilterRow[];
  readonly sorts: readonly SortRow[];
}

export interface BaseStore extends ViewStore {
  find(id: string): Promise<BaseSummary | undefined>;
  /** Everything of a base in a constant number of queries. */
  load(id: string): Promise<LoadedBase | undefined>;
  /** All bases, or those the user is a member of; in order. */
  list(memberId?: string): Promise<BaseSummary[]>;
  baseOfTable(tableId: string): Promise<string | undefined>;
  baseOfColumn(columnId: string): Promise<string | undefined>;
  baseOfView(viewId: string): Promise<string | undefined>;
  insert(base: BaseRow, source: Source): Promise<void>;
  update(id: string, change: Partial<Omit<BaseRow, 'id' | 'prefix'>>): Promise<void>;
  delete(id: string): Promise<void>; // metadata of its tables, columns, views, members too
  insertSource(baseId: string, source: Source): Promise<void>;
  updateSource(id: string, change: Partial<Omit<Source, 'id'>>): Promise<void>;
  deleteSource(id: string): Promise<void>; // metadata of its tables too
  setMember(baseId: string, member: Member): Promise<void>;
  removeMember(baseId: string, userId: string): Promise<void>;
  insertTable(table: TableRow): Promise<void>;
  updateTable(id: string, change: Partial<Omit<TableRow, 'id' | 'baseId' | 'name'>>): Promise<void>;
  deleteTable(id: string): Promise<void>; // columns and views too
  insertColumns(columns: readonly ColumnRow[]): Promise<void>;
  updateColumn(id: string, change: Partial<Omit<ColumnRow, 'id' | 'baseId' | 'tableId'>>): Promise<void>;
  deleteColumn(id: string): Promise<void>;
  insertView(view: ViewRow & { baseId: string }): Promise<void>;
  updateView(id: string, change: Partial<Omit<ViewRow, 'id' | 'tableId'>>): Promise<void>;
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
