import { LRUCache } from 'lru-cache';
import type { Base, Table, User } from './model.ts';
import type { BaseStore, Invalidations, Maybe } from './ports.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Bases by id or title, as callers of the oldest wire write them. Titles need
 * not be unique: among bases of one title the caller's own come first.
 */
export interface Names {
  findBase(user: User, idOrTitle: string): Maybe<Base | undefined>;
}

const capacity = 5_000;

export function createNames(bases: BaseStore, snapshot: Snapshot, invalidations: Invalidations): Names {
  const ids = new LRUCache<string, string>({ max: capacity });
  let generation = 0;
  invalidations.subscribe((kind) => {
    if (kind !== 'base' && kind !== 'user' && kind !== 'all') return;
    ids.clear();
    generation += 1;
  });

  async function search(user: User, idOrTitle: string, key: string): Promise<Base | undefined> {
    const started = generation;
    const byId = await snapshot.findBase(idOrTitle);
    const id = byId?.id ?? (await findByTitle(user, idOrTitle));
    if (id === undefined) return undefined;
    if (started === generation) ids.set(key, id);
    return byId ?? snapshot.findBase(id);
  }

  async function findByTitle(user: User, title: string): Promise<string | undefined> {
    const own = (await bases.list(user.id)).find((base) => base.title === title);
    if (own !== undefined || user.orgRole !== 'super') return own?.id;
    return (await bases.list()).find((base) => base.title === title)?.id;
  }

  return {
    findBase(user, idOrTitle) {
      const key = `${user.id} ${idOrTitle}`;
      const id = ids.get(key);
      return id === undefined ? search(user, idOrTitle, key) : snapshot.findBase(id);
    },
  };
}

/** A table of the base by id, title or physical name. */
export function findTableByName(base: Base, idOrTitle: string): Table | undefined {
  return (
    base.tableById.get(idOrTitle) ??
    base.tables.find((table) => table.title === idOrTitle) ??
    base.tables.find((table) => table.name === idOrTitle)
  );
}
