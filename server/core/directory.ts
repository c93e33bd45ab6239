import { LRUCache } from 'lru-cache';
import type { User } from './model.ts';
import type { Invalidations, Maybe, UserStore } from './ports.ts';

/**
 * Users by id, cached: who a credential belongs to and whose name a people
 * cell shows. An entry is dropped the moment the user changes.
 */
export interface Directory {
  find(id: string): Maybe<User | undefined>;
  /** Only what is cached already; call `load` first. */
  peek(id: string): User | undefined;
  /** Brings the users of a page into the cache with one query. */
  load(ids: Iterable<string>): Maybe<void>;
}

const capacity = 20_000;

export function createDirectory(users: UserStore, invalidations: Invalidations): Directory {
  const cache = new LRUCache<string, User>({ max: capacity });
  let generation = 0; // counts invalidations, so that a slow load cannot store an old row
  invalidations.subscribe((kind, key) => {
    if (kind === 'all') cache.clear();
    else if (kind === 'user') cache.delete(key);
    else return;
    generation += 1;
  });

  async function loadOne(id: string): Promise<User | undefined> {
    const started = generation;
    const user = await users.find(id);
    if (user !== undefined && started === generation) cache.set(id, user);
    return user;
  }

  async function fetchMany(ids: readonly string[]): Promise<void> {
    const started = generation;
    for (const user of await users.findMany(ids)) if (started === generation) cache.set(user.id, user);
  }

  return {
    find: (id) => cache.get(id) ?? loadOne(id),
    peek: (id) => cache.get(id),
    load(ids) {
      const missing = [...new Set(ids)].filter((id) => !cache.has(id));
      return missing.length === 0 ? undefined : fetchMany(missing);
    },
  };
}
