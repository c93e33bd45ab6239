import { LRUCache } from 'lru-cache';
import type { ApiToken } from '../model.ts';
import type { Invalidations, Maybe, TokenStore } from '../ports.ts';

/**
 * API tokens by the SHA-256 of their secret, cached; the secret itself is never
 * a key. Only the row is cached: expiry, pause, revocation and owner are judged
 * at every use.
 */
export interface TokenCache {
  find(hash: string): Maybe<ApiToken | undefined>;
  /** Only what is cached already. */
  peek(hash: string): ApiToken | undefined;
}

const capacity = 50_000;
const unknownCapacity = 10_000;
/** An unknown token is asked for again after this long even if nobody says that it was made. */
const unknownLifetime = 5_000;

export function createTokenCache(tokens: TokenStore, invalidations: Invalidations): TokenCache {
  const known = new LRUCache<string, ApiToken>({ max: capacity });
  const unknown = new LRUCache<string, true>({ max: unknownCapacity, ttl: unknownLifetime });
  let generation = 0; // counts invalidations, so that a slow load cannot store a revoked row
  invalidations.subscribe((kind, key) => {
    if (kind === 'all') {
      known.clear();
      unknown.clear();
    } else if (kind === 'token') {
      known.delete(key);
      unknown.delete(key);
    } else return;
    generation += 1;
  });

  async function load(hash: string): Promise<ApiToken | undefined> {
    const started = generation;
    const token = await tokens.findByHash(hash);
    if (started === generation) {
      if (token === undefined) unknown.set(hash, true);
      else known.set(hash, token);
    }
    return token;
  }

  return {
    peek: (hash) => known.get(hash),
    find: (hash) => known.get(hash) ?? (unknown.has(hash) ? undefined : load(hash)),
  };
}
