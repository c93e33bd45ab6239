import { recordAudit } from '../audit/record.ts';
import type { Core } from '../context.ts';
import { notFound } from '../errors.ts';
import { authorOf, type LiveChange, plainChange } from '../events/change.ts';
import type { Base, Caller, Column, Table } from '../model.ts';
import type { Transaction } from '../ports.ts';
import { loadBase } from '../snapshot.ts';

/** What a change of a base works with: the base as it is inside the transaction. */
export interface BaseChange {
  readonly tx: Transaction;
  readonly base: Base;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly audit: (action: string, entry: AuditedThing) => Promise<void>;
}

export interface AuditedThing {
  readonly tableId?: string;
  readonly target?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface TableChange extends BaseChange {
  readonly table: Table;
}

export interface ColumnChange extends TableChange {
  readonly column: Column;
}

/** What a change is about, for those who listen to the base; the schema unless said. */
export interface About {
  readonly kind?: 'schema' | 'view' | 'members';
  readonly tableId?: string;
}

const toldOf = (caller: Caller, { kind = 'schema', tableId }: About): LiveChange => ({
  ...plainChange(kind, tableId),
  ...authorOf(caller),
});

/**
 * Runs a change of one base as one transaction. What the caller saw before may
 * be stale, so the base is read again inside. Throws BASE_NOT_FOUND.
 */
export async function changeBase<T>(
  core: Core,
  caller: Caller,
  baseId: string,
  work: (change: BaseChange) => Promise<T>,
  about: About = {},
): Promise<T> {
  return core.transaction(async (tx) => {
    const base = await loadBase(tx.bases, baseId);
    if (base === undefined) throw notFound('Base', baseId);
    const audit = (action: string, entry: AuditedThing) =>
      recordAudit(core, tx, caller, { action, baseId, ...entry });
    const result = await work({ tx, base, now: core.clock().getTime(), audit });
    tx.invalidate('base', baseId, toldOf(caller, about));
    return result;
  });
}

/** As changeBase, for its members. */
export const changeMembers = <T>(
  core: Core,
  caller: Caller,
  baseId: string,
  work: (change: BaseChange) => Promise<T>,
): Promise<T> => changeBase(core, caller, baseId, work, { kind: 'members' });

/** As changeBase, for one of its tables. Throws TABLE_NOT_FOUND. */
export function changeTable<T>(
  core: Core,
  caller: Caller,
  table: Pick<Table, 'id' | 'baseId'>,
  work: (change: TableChange) => Promise<T>,
  kind: 'schema' | 'view' = 'schema',
): Promise<T> {
  const inTable = (change: BaseChange): Promise<T> => {
    const current = change.base.tableById.get(table.id);
    if (current === undefined) throw notFound('Table', table.id);
    return work({ ...change, table: current });
  };
  return changeBase(core, caller, table.baseId, inTable, { kind, tableId: table.id });
}

/** As changeTable, for one of its columns. Throws FIELD_NOT_FOUND. */
export function changeColumn<T>(
  core: Core,
  caller: Caller,
  table: Pick<Table, 'id' | 'baseId'>,
  columnId: string,
  work: (change: ColumnChange) => Promise<T>,
): Promise<T> {
  return changeTable(core, caller, table, (change) => {
    const column = change.table.columns.find((candidate) => candidate.id === columnId);
    if (column === undefined) throw notFound('Field', columnId);
    return work({ ...change, column });
  });
}
