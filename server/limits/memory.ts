import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { identityLimits, type LimitName, type RateLimits } from '../core/sessions/limits.ts';

/** Counts in this process. Every process of an instance has its own counters. */
export function createMemoryLimits(): RateLimits {
  const limiters = new Map<LimitName, RateLimiterMemory>();
  for (const [name, { times, seconds }] of Object.entries(identityLimits)) {
    limiters.set(name as LimitName, new RateLimiterMemory({ points: times, duration: seconds }));
  }
  const requireLimiter = (name: LimitName): RateLimiterMemory => {
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
