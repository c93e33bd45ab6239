import { describe, expect, test } from 'vitest';
import type { ApiToken } from '../model.ts';
import type { InvalidationListener, Invalidations, TokenStore } from '../ports.ts';
import { createTokenCache } from './tokenCache.ts';

const token: ApiToken = {
  id: 1,
  userId: 'us1',
  baseId: null,
  name: null,
  hash: 'h1',
  hintPrefix: 'rgp_aaaa',
  hintSuffix: 'zzzz',
  expiresAt: null,
  enabled: true,
  revokedAt: null,
  createdAt: 0,
  updatedAt: 0,
};

/** A store whose answers the test releases one by one. */
function slowStore() {
  const waiting: ((row: ApiToken | undefined) => void)[] = [];
  const listeners: InvalidationListener[] = [];
  const findByHash = () => new Promise<ApiToken | undefined>((resolve) => void waiting.push(resolve));
  const invalidations: Invalidations = { subscribe: (one) => void listeners.push(one), catchUp: () => {} };
  return {
    cache: createTokenCache({ findByHash } as Partial<TokenStore> as TokenStore, invalidations),
    release: (row: ApiToken | undefined) => waiting.shift()?.(row),
    invalidate: (kind: 'token' | 'all', key: string) => {
      for (const listener of listeners) listener(kind, key);
    },
    asked: () => waiting.length,
  };
}

describe('token cache', () => {
  test('a row is loaded once and then answered without a promise', async () => {
    const { cache, release, asked } = slowStore();
    const first = cache.find('h1');
    release(token);
    expect(await first).toBe(token);
    expect(cache.find('h1')).toBe(token);
    expect(asked()).toBe(0);
  });

  test.each(['token', 'all'] as const)(
    'a row read before %s was invalidated is used once and not kept',
    async (kind) => {
      const { cache, release, invalidate, asked } = slowStore();
      const first = cache.find('h1');
      invalidate(kind, 'h1');
      release(token);
      expect(await first).toBe(token);
      const second = cache.find('h1');
      expect(asked()).toBe(1);
      release(undefined);
      expect(await second).toBeUndefined();
    },
  );

  test('an unknown token is asked for once, until one with its hash is made', async () => {
    const { cache, release, invalidate, asked } = slowStore();
    const first = cache.find('h1');
    release(undefined);
    expect(await first).toBeUndefined();
    expect(cache.find('h1')).toBeUndefined();
    expect(asked()).toBe(0);
    invalidate('token', 'h1');
    const second = cache.find('h1');
    release(token);
    expect(await second).toBe(token);
  });
});
