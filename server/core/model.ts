import type { AnyColumnType } from '../../columnTypes/columnType.ts';
import type { StorageKind } from '../../columnTypes/query.ts';
import type { BaseRole, OrgRole } from '../../vocabulary/roles.ts';

/**
 * What the product talks about, as immutable values. A base is loaded and
 * replaced as a whole (see snapshot.ts): whoever holds a `Table` may keep
 * derived things in a WeakMap keyed by it, a schema change makes a new one.
 * All times are milliseconds since 1970.
 */

export interface User {
  readonly id: string;
  readonly email: string; // lower case
  readonly displayName: string | null;
  readonly orgRole: OrgRole;
  readonly status: 'active' | 'blocked' | 'invited';
  /** Must equal the one in a JWT; changing it ends every JWT of the user. */
  readonly tokenVersion: string;
  readonly emailVerified: boolean;
  readonly meta: Readonly<Record<string, unknown>> | null;
  readonly avatar: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** One sign-in of one device; its refresh cookie rotates through generations. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly salt: string;
  readonly generation: number;
  readonly rotatedAt: number;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly authTime: number;
  readonly hardUntil: number;
  readonly address: string | null;
  readonly agent: string | null;
  readonly revokedAt: number | null;
}

export interface ApiToken {
  readonly id: number;
  readonly userId: string;
  /** Set: the token opens this base and nothing else. */
  readonly baseId: string | null;
  readonly name: string | null;
  readonly hash: string; // SHA-256 of the secret, hex
  readonly hintPrefix: string;
  readonly hintSuffix: string;
  readonly expiresAt: number | null; // null: never
  readonly enabled: boolean;
  readonly revokedAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Member {
  readonly userId: string;
  readonly role: BaseRole;
  readonly starred: boolean;
  readonly order: number | null;
  readonly hidden: boolean;
  readonly createdAt: number;
}

export interface Source {
  readonly id: string;
  readonly alias: string | null;
  /** The wire's word: sqlite3, pg, mysql2. */
  readonly type: string;
  /** A database that others made; absent: the instance's own. */
  readonly external?: ExternalSource | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface ExternalSource {
  /** How it is reached: encrypted, and nothing for answers. */
  readonly sealed: string;
  readonly schema: string | null;
  readonly dataReadOnly: boolean;
  /** Physical names of tables that were not chosen. */
  readonly leftOut: readonly string[];
}

/** What a connected database says of a table. */
export interface NativeTable {
  readonly kind: 'table' | 'view';
}

/** What a connected database says of a column. */
export interface NativeColumn {
  readonly type: string;
  /** Computed there, or of a type that is only shown. */
  readonly readOnly: boolean;
  /** The database fills it when a new record leaves it out. */
  readonly hasDefault: boolean;
}

export interface BaseSummary {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly color: string | null;
  readonly meta: Readonly<Record<string, unknown>> | null;
  readonly order: number;
  /** Begins the physical names of the base's tables. */
  readonly prefix: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly sources: readonly Source[];
  readonly members: ReadonlyMap<string, Member>; // by user id
}

export interface Base extends BaseSummary {
  readonly tables: readonly Table[]; // in display order
  readonly tableById: ReadonlyMap<string, Table>;
}

export interface Column {
  readonly id: string;
  readonly tableId: string;
  readonly title: string; // the JSON key
  readonly name: string; // physical column, never changes
  readonly type: AnyColumnType;
  readonly storage: StorageKind;
  /** Parsed by `type.options.parse`. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Wire `meta`, kept as given. */
  readonly meta: Readonly<Record<string, unknown>> | null;
  readonly key: boolean; // part of the primary key
  readonly autoIncrement: boolean;
  readonly display: boolean; // wire `pv`
  readonly required: boolean;
  readonly unique: boolean;
  readonly system: boolean;
  /** Text that `type.parse` understands; null: none. */
  readonly defaultValue: string | null;
  readonly description: string | null;
  readonly order: number;
  /** Foreign key kept from an import or an introspection. */
  readonly references: { readonly tableId: string; readonly columnId: string } | null;
  /** Absent for columns of our own tables. */
  readonly native?: NativeColumn | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** How a view shows one column of its table. */
export interface ViewColumn {
  readonly column: Column;
  /** System columns need `showSystemFields` of their view, too. */
  readonly show: boolean;
  readonly order: number;
  readonly width: string; // e.g. '180px'
  /** Of the footer; a word of the wire. */
  readonly aggregation: string | null;
  readonly groupBy: boolean;
  readonly groupByOrder: number | null;
  readonly groupBySort: string | null;
  /** False: the view was never told about this column and shows it at its end. */
  readonly stored: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A term of a view's filter, or a group of them; what is not filled in yet filters nothing. */
export interface ViewFilter {
  readonly id: string;
  readonly parentId: string | null;
  readonly group: boolean;
  /** Joins it to the filter before it; null is and. */
  readonly logic: 'and' | 'or' | null;
  readonly columnId: string | null;
  readonly operator: string | null;
  readonly subOperator: string | null;
  readonly value: string | readonly (string | null)[] | null;
  readonly enabled: boolean;
  readonly order: number;
  readonly children: readonly ViewFilter[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface ViewSort {
  readonly id: string;
  readonly columnId: string;
  readonly direction: 'asc' | 'desc';
  readonly order: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface View {
  readonly id: string;
  readonly tableId: string;
  readonly title: string;
  readonly description: string | null;
  readonly type: number; // 3 = grid
  readonly isDefault: boolean;
  readonly showSystemFields: boolean;
  /** locked: nobody changes it; personal: its owner alone does. */
  readonly lockType: 'collaborative' | 'locked' | 'personal';
  readonly order: number;
  readonly rowHeight: number | null;
  /** Colours, frozen columns and what else clients keep with a view. */
  readonly meta: Readonly<Record<string, unknown>> | null;
  readonly createdBy: string | null;
  readonly ownerId: string | null;
  /** Every column of the table, in the order of the view. */
  readonly columns: readonly ViewColumn[];
  /** Not those inside groups. */
  readonly filters: readonly ViewFilter[];
  readonly sorts: readonly ViewSort[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Table {
  readonly id: string;
  readonly baseId: string;
  readonly sourceId: string;
  readonly title: string;
  readonly name: string; // physical table, never changes
  readonly order: number;
  readonly description: string | null;
  readonly meta: Readonly<Record<string, unknown>> | null;
  readonly columns: readonly Column[]; // in display order
  readonly key: readonly Column[]; // primary key columns in key order; may be empty
  readonly views: readonly View[];
  /** Absent for tables of our own. */
  readonly native?: NativeTable | undefined;
  /** The connected database that holds it; absent for tables of our own. */
  readonly source?: Source | undefined;
  /** By title, then physical name, then id: the names callers may use. */
  readonly columnByName: ReadonlyMap<string, Column>;
  /** Changes whenever anything of the table's schema but its views changes; the wire's columnsHash. */
  readonly schemaHash: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type Principal =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'session'; readonly user: User; readonly session: Session }
  | { readonly kind: 'token'; readonly user: User; readonly token: ApiToken };

export type PrincipalKind = Principal['kind'];

/** Who called and from where: the only source of identity for operations. */
export interface Caller {
  readonly principal: Principal;
  /** What the client calls itself, so that it knows the echo of its own writes. */
  readonly origin?: string | undefined;
  readonly requestId: string;
  readonly address: string | null;
  readonly agent: string | null;
}
