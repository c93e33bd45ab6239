import type { Source } from '../model.ts';
import type { RecordWriter } from './records.ts';

/** Databases that others made, connected to a base. Implemented in server/db/external. */

/** false: no TLS. The texts are PEM; certificates are checked unless said otherwise. */
export type Tls =
  | false
  | {
      readonly rejectUnauthorized: boolean;
      readonly ca?: string | undefined;
      readonly cert?: string | undefined;
      readonly key?: string | undefined;
      readonly servername?: string | undefined;
    };

/** A database on a server. `schema` is PostgreSQL's; elsewhere null. */
export interface ServerAddress {
  readonly engine: 'postgres' | 'mysql';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly schema: string | null;
  readonly tls: Tls;
}

/** A file; only inside the folder that the instance allows. */
export interface FileAddress {
  readonly engine: 'sqlite';
  readonly path: string;
}

/** How a source is reached: holds secrets, rests encrypted and is never shown. */
export type SourceAddress = ServerAddress | FileAddress;

export interface ForeignColumn {
  readonly name: string;
  /** As its database writes it, e.g. `character varying(40)`, `int(10) unsigned`. */
  readonly type: string;
  readonly notNull: boolean;
  /** Place in the primary key, from 1; 0: not part of it. */
  readonly keyPlace: number;
  /** The database fills it when an insert leaves it out. */
  readonly hasDefault: boolean;
  /** The default where it is a plain literal, as text. */
  readonly defaultValue: string | null;
  /** Computed by the database: nobody can write it. */
  readonly generated: boolean;
  /** The database numbers it and tells the number of a new row. */
  readonly autoIncrement: boolean;
  /** Values of an enumeration or, with `set`, of a set of them. */
  readonly values: readonly string[] | null;
  readonly shape: 'plain' | 'set' | 'array';
  readonly unique: boolean;
  readonly comment: string | null;
}

export interface ForeignKey {
  readonly columns: readonly string[];
  readonly table: string;
  readonly references: readonly string[];
}

export interface ForeignTable {
  readonly name: string;
  readonly kind: 'table' | 'view';
  readonly comment: string | null;
  readonly columns: readonly ForeignColumn[];
  readonly foreignKeys: readonly ForeignKey[];
}

/** What a database says of itself. */
export interface ForeignSchema {
  readonly tables: readonly ForeignTable[];
  /** What was left out and why, a sentence each. */
  readonly notes: readonly string[];
}

/** What one may ask a database that is being looked at. */
export interface Inspection {
  /** Whether it answers at all. */
  test(): Promise<void>;
  /** Schemas one may choose from; empty where there are none. */
  schemas(): Promise<string[]>;
  introspect(): Promise<ForeignSchema>;
}

export interface ExternalSources {
  /** The instance may connect existing databases at all. */
  readonly allowed: boolean;
  /** Makes the sources of a base known; opens nothing. Called whenever a base is loaded. */
  know(baseId: string, sources: readonly Source[]): void;
  /** How a source is reached, encrypted for its row. */
  seal(sourceId: string, address: SourceAddress): string;
  open(sourceId: string, sealed: string): SourceAddress;
  /**
   * Looks at a database over a connection of its own, closed again at once.
   * Throws AppError with a message free of secrets.
   */
  inspect<T>(address: SourceAddress, look: (inspection: Inspection) => Promise<T>): Promise<T>;
  /** Writes to one source, all or nothing. */
  transaction<T>(sourceId: string, work: (records: RecordWriter) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
