import type { Invalidations, RunTransaction, Stores } from '../core/ports.ts';
import type { Database, Execute } from '../db/engine.ts';
import { createInstanceStore } from '../db/meta/instances.ts';
import { type Bus, noBus } from './bus.ts';
import { createTransactions } from './invalidations.ts';
import { createLease, leaseTimes } from './lease.ts';
import { createRecordMarks } from './recordMarks.ts';
import { createWatch } from './watch.ts';

/** What this process and the others on the database have to say to each other. */
export interface Cluster {
  readonly run: RunTransaction;
  readonly invalidations: Invalidations;
  /** Starts to look whether other processes wrote; returns how to stop. */
  readonly watchOthers: (changed: () => void) => () => void;
  /** Records of a base were written here: others learn it within a second. */
  readonly recordsChanged: (baseId: string) => void;
  /** Whether another instance lives; undefined where processes share a machine and need no lease. */
  readonly isAlive: ((id: string) => Promise<boolean>) | undefined;
  readonly hasOthers: () => boolean;
  /** Begins to hear the others, before anything is served. Short-lived commands need not. */
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface ClusterParts {
  /** Of this process among all that ever were. */
  readonly id: string;
  readonly database: Database;
  readonly createStores: (execute: Execute) => Stores;
  readonly now: () => number;
  readonly failed: (error: unknown) => void;
  /** Another instance died; what it was doing may have to be cleared away. */
  readonly buried: () => void;
}

/** Where processes can look at the database's version at any moment: one embedded file. */
function openOnFile(parts: ClusterParts): Cluster {
  const { run, invalidations } = createTransactions(parts);
  return {
    run,
    invalidations,
    watchOthers: createWatch(parts.database, invalidations, parts.failed),
    recordsChanged: () => undefined, // the version says it
    isAlive: undefined,
    hasOthers: () => false,
    start: async () => undefined,
    close: async () => undefined,
  };
}

export interface ServerParts extends ClusterParts {
  /** A second way into the same database, so that no slow read delays a lease. */
  readonly control: Pick<Database, 'execute' | 'close'>;
  readonly bus: Bus | undefined;
}

/** Where the database is a server: leases, and a bus that hurries. */
function openOnServer(parts: ServerParts): Cluster {
  const { id, control, bus = noBus, failed } = parts;
  const instances = createInstanceStore(control.execute, parts.database.dialect);
  const times = leaseTimes(parts.bus !== undefined);
  const { run, invalidations, lease, tellOthers } = createTransactions({
    ...parts,
    readLog: control.execute,
    createLease: (look) =>
      createLease({ id, store: instances, bus, times, look, failed, buried: parts.buried }),
  });
  if (lease === undefined) throw new Error('the lease was not made');
  const marks = createRecordMarks(
    lease.hasOthers,
    (baseIds) => tellOthers(baseIds.map((key) => ({ kind: 'records', key }))),
    failed,
  );
  return {
    run,
    invalidations,
    watchOthers: () => () => undefined, // entries of the log say it
    recordsChanged: marks.mark,
    isAlive: instances.isAlive,
    hasOthers: lease.hasOthers,
    start: lease.start,
    async close() {
      await marks.close();
      await lease.close();
      await bus.close();
      await control.close();
    },
  };
}

export const openCluster = (parts: ClusterParts | ServerParts): Cluster =>
  'control' in parts ? openOnServer(parts) : openOnFile(parts);
