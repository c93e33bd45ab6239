import {
  RateLimiterCluster,
  RateLimiterClusterMaster,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { identityLimits, type LimitName, type RateLimits } from '../core/sessions/limits.ts';

/** What a counter of the library can do. */
interface Limiter {
  consume(key: string): Promise<RateLimiterRes>;
  reward(key: string): Promise<RateLimiterRes>;
}

interface Wanted {
  readonly keyPrefix: string;
  readonly points: number;
  readonly duration: number;
}

function createLimits(make: (wanted: Wanted) => Limiter): RateLimits {
  const limiters = new Map<LimitName, Limiter>();
  for (const [name, { times, seconds }] of Object.entries(identityLimits)) {
    const wanted = { keyPrefix: `rowgate_${name}`, points: times, duration: seconds };
    limiters.set(name as LimitName, make(wanted));
  }
  const requireLimiter = (name: LimitName): Limiter => {
    const limiter = limiters.get(name);
    if (limiter === undefined) throw new Error(`no limiter for ${name}`);
    return limiter;
  };
  return {
    async take(limit, key) {
      try {
        await requireLimiter(limit).consume(key);
        return 0;
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return Math.max(1, refusal.msBeforeNext / 1000);
        throw refusal;
      }
    },
    async giveBack(limit, key) {
      await requireLimiter(limit).reward(key);
    },
  };
}

/** Counts in this process only. */
export const createMemoryLimits = (): RateLimits => createLimits((wanted) => new RateLimiterMemory(wanted));

/** Counts for all workers of this machine, in their primary process, which must have called `countForWorkers`. */
export const createWorkerLimits = (): RateLimits =>
  createLimits((wanted) => new RateLimiterCluster({ ...wanted, timeoutMs: 3000 }));

/** In the primary process, before it starts workers. */
export function countForWorkers(): void {
  new RateLimiterClusterMaster();
}

/**
 * Counts in Redis for all instances. While Redis is away each counts for
 * itself: a limit then allows more, but never everything and never nothing.
 */
export const createRedisLimits = (client: unknown, name: string): RateLimits =>
  createLimits(
    (wanted) =>
      new RateLimiterRedis({
        ...wanted,
        keyPrefix: `rowgate:${name}:${wanted.keyPrefix}`,
        storeClient: client,
        useRedisPackage: true,
        insuranceLimiter: new RateLimiterMemory(wanted),
      }),
  );
