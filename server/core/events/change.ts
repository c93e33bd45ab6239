import type { Caller } from '../model.ts';

/**
 * What listeners of a base hear. A change says enough to know what to read
 * again and never holds values: whoever listens reads with their own rights.
 * - insert, update, delete, bulk: records of a table; bulk is any mix of them
 * - schema: tables, columns or the base itself; view; members
 * - unknown: another process wrote something
 */
export interface LiveChange {
  readonly kind: 'insert' | 'update' | 'delete' | 'bulk' | 'schema' | 'view' | 'members' | 'unknown';
  readonly tableId: string | null;
  /** Ids of the records as a path takes them; null: too many, or not known. */
  readonly keys: readonly string[] | null;
  readonly userId: string | null;
  /** What the writing client calls itself. */
  readonly origin: string | null;
}

/** The part of a change that an operation on records knows. */
export interface RecordChange {
  readonly kind: 'insert' | 'update' | 'delete' | 'bulk';
  /** undefined: not known. */
  readonly keys: readonly string[] | undefined;
}

/** More keys, or longer ones, are left out: listeners read the page again anyway, and events are kept. */
const maxKeys = 100;
const maxKeyCharacters = 4000;

function boundKeys(keys: readonly string[] | undefined): readonly string[] | null {
  if (keys === undefined || keys.length > maxKeys) return null;
  const characters = keys.reduce((sum, key) => sum + key.length, 0);
  return characters > maxKeyCharacters ? null : keys;
}

/** Who changed something, as events say it. */
export const authorOf = ({ principal, origin }: Caller): Pick<LiveChange, 'userId' | 'origin'> => ({
  userId: principal.kind === 'anonymous' ? null : principal.user.id,
  origin: origin ?? null,
});

/** A change of records as listeners hear it. */
export const recordsChanged = (caller: Caller, tableId: string, change: RecordChange): LiveChange => ({
  kind: change.kind,
  tableId,
  keys: boundKeys(change.keys),
  ...authorOf(caller),
});

/** Something other than records changed; nobody is known to have done it. */
export const plainChange = (kind: LiveChange['kind'], tableId: string | null = null): LiveChange => ({
  kind,
  tableId,
  keys: null,
  userId: null,
  origin: null,
});
