import type { LiveChange } from './events/change.ts';
import type { Maybe } from './ports/maybe.ts';
import type { RecordWriter, SchemaWriter } from './ports/records.ts';
import type { Stores } from './ports/stores.ts';

/**
 * What the core needs from the outside. Implementations live in server/db,
 * server/cluster, server/crypto, server/mail; start.ts connects them.
 */
export type * from './ports/crypto.ts';
export type * from './ports/maybe.ts';
export type * from './ports/records.ts';
export type * from './ports/sources.ts';
export type * from './ports/stores.ts';
export type * from './ports/views.ts';

/**
 * What a change makes stale. Written in the same transaction as the change,
 * applied to this process's caches after the commit and before `transaction`
 * resolves; other processes learn it from the log.
 * Keys: base → base id; user → user id; session → session id; token → token
 * hash; settings → ''; records → the base whose records another process wrote:
 * nothing is stale, but those who watch should look.
 */
export type InvalidationKind = 'base' | 'user' | 'session' | 'token' | 'settings' | 'records';

export interface Transaction extends Stores {
  readonly records: RecordWriter;
  readonly schema: SchemaWriter;
  /** `change` says more to listeners of this process about a stale base. */
  invalidate(kind: InvalidationKind, key: string, change?: LiveChange): void;
}

/**
 * Whom a transaction keeps waiting. `all`: one after the other across every
 * process on the database, so what it has read stays true until it commits.
 * `records`: writes records only, and runs beside others where the engine can.
 */
export type TransactionScope = 'all' | 'records';

/** All or nothing: `work` throws → nothing was written. The scope is `all` unless given. */
export type RunTransaction = <T>(
  work: (tx: Transaction) => Promise<T>,
  scope?: TransactionScope,
) => Promise<T>;

/**
 * What a change of any process makes stale, heard after its commit. `all`:
 * forget everything. `change` is there when this process knows what happened.
 * `again`: it was found in the log, but this process has told, or is about to
 * tell, it itself: caches forget all the same, people need not hear it twice.
 */
export type InvalidationListener = (
  kind: InvalidationKind | 'all',
  key: string,
  change?: LiveChange | undefined,
  again?: boolean,
) => void;

export interface Invalidations {
  subscribe(listener: InvalidationListener): void;
  /**
   * Applies what other processes have committed since the last call. Cheap;
   * called before every use of a cached credential or schema.
   */
  catchUp(): Maybe<void>;
}
