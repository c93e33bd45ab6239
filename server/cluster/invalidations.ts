import type {
  InvalidationKind,
  InvalidationListener,
  Invalidations,
  RunTransaction,
  Stores,
} from '../core/ports.ts';
import type { Database, Execute } from '../db/engine.ts';
import {
  createInvalidationLog,
  type Invalidation,
  type InvalidationLog,
  type LogTail,
} from '../db/meta/invalidationLog.ts';
import type { Lease } from './lease.ts';

/**
 * How a change reaches every cache of every process before anyone may rely on
 * it. The change and its entry in the log are one commit. This process forgets
 * between the commit and the answer; another process forgets at its next look,
 * and looks before every use of something cached, or is waited for (lease.ts). A cache that loads while
 * something is invalidated must not keep what it loaded (the caches count
 * invalidations for that); so nothing stale can enter and nothing stale can stay.
 */

type Change = Parameters<InvalidationListener>[2];

interface Hearing {
  subscribe(listener: InvalidationListener): void;
  tell(kind: InvalidationKind | 'all', key: string, change?: Change, again?: boolean): void;
}

function createHearing(): Hearing {
  const listeners: InvalidationListener[] = [];
  return {
    subscribe: (listener) => void listeners.push(listener),
    tell(kind, key, change, again) {
      const errors: unknown[] = [];
      for (const listener of listeners) {
        try {
          listener(kind, key, change, again);
        } catch (error) {
          errors.push(error); // the other caches must still forget
        }
      }
      if (errors.length > 0) throw new AggregateError(errors, 'a cache could not forget');
    },
  };
}

/** Where this process is in the log. */
interface Position {
  /** Everything up to this epoch has been told; undefined before the first look. */
  applied: number | undefined;
  /** The data version that the last look covered. */
  seen: number | undefined;
  /** Epochs of this process: a look may find one before the call that committed it goes on. */
  readonly ours: Set<number>;
}

/** Tells what a look found. `since` is the position that the look started from. */
function applyTail(position: Position, hearing: Hearing, since: number | undefined, tail: LogTail): void {
  // No gap is allowed: each epoch has an entry, so the first one must follow directly.
  const first = tail.entries[0]?.v ?? tail.epoch + 1;
  const whole = since !== undefined && tail.epoch >= since && first === since + 1;
  if (whole) {
    for (const { kind, key, v } of tail.entries) hearing.tell(kind, key, undefined, position.ours.has(v));
  } else hearing.tell('all', ''); // first look, log trimmed, or an older database put in place
  // A commit of our own may have moved on during the look; an older database moves us back.
  position.applied = whole ? Math.max(tail.epoch, position.applied ?? 0) : tail.epoch;
}

/** Reads the log and tells what is new; the epoch up to which everything has been told. */
async function lookNow(log: InvalidationLog, position: Position, hearing: Hearing): Promise<number> {
  const since = position.applied;
  applyTail(position, hearing, since, await log.readAfter(since ?? 0));
  return position.applied ?? 0;
}

function createCatchUp(log: InvalidationLog, position: Position, hearing: Hearing): Invalidations['catchUp'] {
  let looking: { readonly version: number | undefined; readonly done: Promise<void> } | undefined;

  return function catchUp() {
    // The version comes first, the log second. A commit between the two is in
    // what we read or makes the next version differ; the other way round it
    // would be in neither, and its entry would stay unread.
    const version = log.dataVersion?.();
    if (version !== undefined && version === position.seen && position.applied !== undefined)
      return undefined;
    // A look that began at this same version reads everything that this one would.
    if (looking !== undefined && version !== undefined && looking.version === version) return looking.done;

    const since = position.applied;
    const tail = log.readAfter(since ?? 0);
    if (!(tail instanceof Promise)) {
      applyTail(position, hearing, since, tail);
      position.seen = version; // only now: had the reading failed, the next call must try again
      return undefined;
    }
    const look = {
      version,
      done: tail
        .then((found) => {
          applyTail(position, hearing, since, found);
          position.seen = version;
        })
        .finally(() => {
          if (looking === look) looking = undefined;
        }),
    };
    looking = look;
    return look.done;
  };
}

export interface TransactionRunner {
  readonly run: RunTransaction;
  readonly invalidations: Invalidations;
  readonly lease: Lease | undefined;
  /** Writes entries that this process has heard of already; does not wait until they are heard. */
  readonly tellOthers: (entries: readonly Invalidation[]) => Promise<void>;
}

/** Own epochs remembered; a look that is under way has begun after the oldest of them. */
const ownEpochs = 1000;

/** What is stale, and what is known of the reason. */
type Stale = Invalidation & { readonly change: Change };

/** Collects what a transaction makes stale, each thing once. */
function createCollector() {
  const entries = new Map<string, Stale>();
  let open = true;
  return {
    invalidate(kind: InvalidationKind, key: string, change?: Change): void {
      if (!open) throw new Error('invalidate() was called after its transaction had ended');
      entries.set(`${kind} ${key}`, { kind, key, change });
    },
    close(): Stale[] {
      open = false;
      return [...entries.values()];
    },
  };
}

/** Joins the database's transactions, the stores and the log into what the core uses. */
export function createTransactions(parts: {
  readonly database: Pick<Database, 'dialect' | 'execute' | 'transaction' | 'dataVersion'>;
  readonly createStores: (execute: Execute) => Stores;
  /** Milliseconds since 1970, for the log. */
  readonly now?: () => number;
  /** Reads the log where `database` would wait for slow reads; its own way to run statements unless given. */
  readonly readLog?: Execute;
  /** Makes the lease that tells how far caches may be trusted, where no data version does. */
  readonly createLease?: (look: () => Promise<number>) => Lease;
}): TransactionRunner {
  const { database } = parts;
  const hearing = createHearing();
  const position: Position = { applied: undefined, seen: undefined, ours: new Set() };
  const source = { execute: parts.readLog ?? database.execute, dataVersion: database.dataVersion };
  const log = createInvalidationLog(source, database.dialect, parts.now);
  const lease = parts.createLease?.(() => lookNow(log, position, hearing));

  /** Nothing lies between the last look and our own commit: no need to read it back. */
  const skipOwn = (epoch: number): void => {
    if (position.applied === epoch - 1) position.applied = epoch;
  };

  const remember = (epoch: number): number => {
    position.ours.add(epoch);
    const [oldest] = position.ours;
    if (position.ours.size > ownEpochs && oldest !== undefined) position.ours.delete(oldest);
    return epoch;
  };

  const run: RunTransaction = async (work, scope = 'all') => {
    let stale: Stale[] = []; // not empty once the work is done and a commit may happen
    let epoch: number | undefined;
    const forget = (): void => {
      for (const entry of stale) hearing.tell(entry.kind, entry.key, entry.change);
    };
    try {
      const result = await database.transaction(async ({ execute, records, schema }) => {
        const collector = createCollector();
        try {
          const tx = { ...parts.createStores(execute), records, schema, invalidate: collector.invalidate };
          const value = await work(tx);
          stale = collector.close();
          if (stale.length > 0) epoch = remember(await log.append(execute, stale));
          return value;
        } finally {
          collector.close();
        }
      }, scope);
      forget();
      if (epoch === undefined) return result;
      skipOwn(epoch);
      await lease?.untilHeard(epoch);
      return result;
    } catch (error) {
      if (epoch !== undefined) position.ours.delete(epoch); // rolled back, another process gets the number
      forget(); // a commit that reports an error may have happened all the same; forgetting never harms
      throw error;
    }
  };

  return {
    run,
    lease,
    async tellOthers(entries) {
      let epoch = 0;
      try {
        await database.transaction(async ({ execute }) => {
          epoch = remember(await log.append(execute, entries));
        });
      } catch (error) {
        position.ours.delete(epoch);
        throw error;
      }
      skipOwn(epoch);
      lease?.announce();
    },
    invalidations: {
      subscribe: hearing.subscribe,
      catchUp: lease === undefined ? createCatchUp(log, position, hearing) : lease.catchUp,
    },
  };
}
