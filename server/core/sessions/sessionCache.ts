import { LRUCache } from 'lru-cache';
import type { Session } from '../model.ts';
import type { Invalidations, Maybe, SessionStore } from '../ports.ts';

/**
 * Sessions by id, cached, for judging JWTs. Rotation of the refresh cookie does
 * not refresh an entry: whoever needs the generation reads the store.
 */
export interface SessionCache {
  find(id: string): Maybe<Session | undefined>;
}

const capacity = 20_000;

export function createSessionCache(sessions: SessionStore, invalidations: Invalidations): SessionCache {
  const cache = new LRUCache<string, Session>({ max: capacity });
  let generation = 0; // counts invalidations, so that a slow load cannot store a revoked row
  invalidations.subscribe((kind, key) => {
    if (kind === 'all') cache.clear();
    else if (kind === 'session') cache.delete(key);
    else return;
    generation += 1;
  });

  async function load(id: string): Promise<Session | undefined> {
    const started = generation;
    const session = await sessions.find(id);
    if (session !== undefined && started === generation) cache.set(id, session);
    return session;
  }

  return { find: (id) => cache.get(id) ?? load(id) };
}
