import { AppError } from '../core/errors.ts';
import type { Maybe } from '../core/ports.ts';
import type { InstanceStore } from '../db/meta/instances.ts';
import type { Bus } from './bus.ts';
import { createSteadyClock } from './steadyClock.ts';

/**
 * Why a revoked credential is dead on every instance before the call that
 * revoked it answers (research: leases after Gray and Cheriton, 1989).
 *
 * An instance trusts its caches only until the end of its lease. At every beat
 * it first prolongs the lease in the database, then reads the log of
 * invalidations, and only then trusts again, counted from before the beat
 * began. Who commits a change then waits until every instance has kept that it
 * heard, or its lease has ended. An instance whose lease is prolonged after
 * the commit reads the log after the commit, so it has heard; one whose lease
 * was prolonged before is in the table and is waited for. So even without any
 * message, without the table and without the database, everything is told
 * once a whole lease has passed since the commit.
 */
export interface Lease {
  /** Undefined at once while caches may be trusted; else asks the database. Throws UNAVAILABLE when it cannot. */
  catchUp(): Maybe<void>;
  /** Resolves when no instance can act on what was true before `epoch`; at most a lease after the call. */
  untilHeard(epoch: number): Promise<void>;
  /** Hurries the others to look. */
  announce(): void;
  /** Whether other instances live, as of the last beat. */
  hasOthers(): boolean;
  /** The first beat; throws when the database cannot be asked. */
  start(): Promise<void>;
  /** Leaves, so that nobody waits for this instance. */
  close(): Promise<void>;
}

export interface LeaseTimes {
  /** Longest time a revocation waits for an instance that does not answer, milliseconds. */
  readonly lease: number;
  /** What this instance gives up of it, for clocks that do not run alike. */
  readonly margin: number;
  /** Between two beats. */
  readonly beat: number;
  /** Longest wait of a request for a beat. */
  readonly patience: number;
}

/** With a bus a beat is the bound, without one it is how others are heard. */
export const leaseTimes = (hasBus: boolean): LeaseTimes => ({
  lease: 3000,
  margin: 300,
  beat: hasBus ? 1000 : 250,
  patience: 5000,
});

/** An instance that is gone is forgotten after this many milliseconds; its jobs are then given up. */
const deadAfter = 60_000;
/** Asking again whether everyone has heard: pauses grow between these, milliseconds. */
const pauses = { first: 2, longest: 100 };

const unavailable = (cause?: unknown): AppError =>
  new AppError(
    'UNAVAILABLE',
    'The database of this instance cannot be reached at the moment. Try again in a few seconds.',
    undefined,
    cause,
  );

/** Rejects when `work` takes too long; the work itself goes on. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unavailable()), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

export function createLease(parts: {
  readonly id: string;
  readonly store: InstanceStore;
  readonly bus: Bus;
  readonly times: LeaseTimes;
  /** Reads the log and tells the caches; the epoch up to which they now know. */
  readonly look: () => Promise<number>;
  /** Hears a beat that failed. */
  readonly failed: (error: unknown) => void;
  /** Other instances were found dead and forgotten. */
  readonly buried: () => void;
  readonly clock?: () => number;
}): Lease {
  const { id, store, bus, times, look, clock = createSteadyClock() } = parts;
  let trustedUntil = Number.NEGATIVE_INFINITY;
  let others = false;
  let closed = false;
  let beating: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let wakeWaiting: () => void = () => undefined;
  let heard = new Promise<void>((resolve) => {
    wakeWaiting = resolve;
  });

  const isTrusted = (): boolean => clock() < trustedUntil;

  /** Reads the log, and lets those who wait know what was new. */
  async function lookAndTell(): Promise<void> {
    const now = await look();
    if (now <= acknowledged) return;
    await store.acknowledge(id, now);
    acknowledged = now;
    bus.publish('heard');
  }

  async function beatOnce(): Promise<void> {
    const started = clock();
    // The lease first, the log second: see above.
    await store.join(id, times.lease);
    await lookAndTell();
    trustedUntil = Math.max(trustedUntil, started + times.lease - times.margin);
    others = (await store.others(id)).length > 0;
  }

  function beat(): Promise<void> {
    beating ??= beatOnce().finally(() => {
      beating = undefined;
    });
    return beating;
  }

  /** Several tries: a beat that took longer than a lease has prolonged nothing. */
  async function regainTrust(): Promise<void> {
    const end = clock() + times.patience;
    while (!isTrusted()) {
      if (closed || clock() >= end) throw unavailable();
      try {
        await within(Math.max(1, end - clock()), beat());
      } catch (error) {
        throw unavailable(error);
      }
    }
  }

  function schedule(): void {
    if (closed) return;
    timer = setTimeout(() => void tick().catch(parts.failed).finally(schedule), times.beat);
    timer.unref();
  }
  async function tick(): Promise<void> {
    await beat();
    if ((await store.removeDead(deadAfter)) > 0) parts.buried();
  }

  let acknowledged = Number.NEGATIVE_INFINITY;
  let looking = false;
  let again = false;
  /** One look at a time; what is announced during one is read by the next. */
  async function lookSoon(): Promise<void> {
    again = true;
    if (looking) return;
    looking = true;
    try {
      while (again && !closed) {
        again = false;
        await lookAndTell();
      }
    } finally {
      looking = false;
    }
  }

  bus.subscribe(
    (message) => {
      if (message === 'look') void lookSoon().catch(parts.failed);
      else {
        wakeWaiting();
        heard = new Promise((resolve) => {
          wakeWaiting = resolve;
        });
      }
    },
    () => void lookSoon().catch(parts.failed),
  );

  return {
    catchUp: () => (isTrusted() ? undefined : regainTrust()),
    async untilHeard(epoch) {
      const end = clock() + times.lease;
      bus.publish('look');
      for (let pause = pauses.first; ; pause = Math.min(pause * 2, pauses.longest)) {
        const woken = heard;
        const remaining = end - clock();
        if (remaining <= 0) return;
        // Without an answer a whole lease is waited for: that is always enough.
        const behind = await within(remaining, store.untilHeard(id, epoch)).catch(() => remaining);
        if (behind <= 0) return;
        const wait = Math.min(pause, Math.ceil(behind), Math.max(0, end - clock()));
        await Promise.race([woken, new Promise((resolve) => setTimeout(resolve, wait))]);
      }
    },
    announce: () => bus.publish('look'),
    hasOthers: () => others,
    async start() {
      await beat();
      schedule();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      trustedUntil = Number.NEGATIVE_INFINITY;
      await beating?.catch(() => undefined);
      await store.leave(id).catch(parts.failed);
    },
  };
}
