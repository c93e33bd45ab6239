import { LRUCache } from 'lru-cache';
import type { Table } from '../model.ts';

/**
 * Compiled reads by the text of the request, one bounded cache a table. A
 * change of schema makes a new Table object, so nothing here can outlive the
 * schema it was compiled for.
 */
const compiledPerTable = 300;
/** Longer requests are rare, and keeping them would let one caller fill the memory. */
const longestKey = 4_000;
const caches = new WeakMap<Table, LRUCache<string, object>>();

export interface Compiled<T extends object> {
  readonly value: T;
  /** Holds a moment in time: used once and forgotten. */
  readonly volatile: boolean;
}

function cacheOf(table: Table): LRUCache<string, object> {
  let cache = caches.get(table);
  if (cache === undefined) {
    cache = new LRUCache({ max: compiledPerTable });
    caches.set(table, cache);
  }
  return cache;
}

/**
 * What `compile` makes of a request, made once a key. `key` must begin with a
 * word that names the kind of value, and hold everything the value depends on
 * besides the table.
 */
export function compileOnce<T extends object>(table: Table, key: string, compile: () => Compiled<T>): T {
  const cache = cacheOf(table);
  const found = cache.get(key);
  if (found !== undefined) return found as T;
  const made = compile();
  if (!made.volatile && key.length <= longestKey) cache.set(key, made.value);
  return made.value;
}
