import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aToken, openTestStores } from '../../../test/support/stores.ts';
import { testEngine } from '../../../test/support/testEngine.ts';

let db: Awaited<ReturnType<typeof openTestStores>>;
beforeEach(async () => {
  db = await openTestStores();
});
afterEach(() => db.close());

test('a token is read back by hash and by number', async () => {
  const { tokens } = db.stores;
  const id = await tokens.insert(aToken({ baseId: 'p1', expiresAt: 99, enabled: false }));
  const stored = { ...aToken({ baseId: 'p1', expiresAt: 99, enabled: false }), id };
  expect(await tokens.findByHash(stored.hash)).toEqual(stored);
  expect(await tokens.find(id)).toEqual(stored);
  expect(await tokens.findByHash('b'.repeat(64))).toBeUndefined();
});

test('a hash is unique', async () => {
  const { tokens } = db.stores;
  await tokens.insert(aToken());
  await expect(tokens.insert(aToken({ userId: 'us2' }))).rejects.toThrow();
});

// A server says its plans in other words, and scans a table of a few rows anyway.
test.runIf(testEngine === 'sqlite')('looking up a hash is one probe of its index', async () => {
  const { tokens } = db.stores;
  await tokens.findByHash('x');
  expect(db.statements).toHaveLength(1);
  const plan = await db.execute({ text: `explain query plan ${db.statements[0]}`, params: ['x'] });
  expect(plan.rows.map((row) => row.detail)).toEqual([
    'SEARCH rg_token USING INDEX rg_token_token_hash_uq (token_hash=?)',
  ]);
});

test('revoking leaves a tombstone and destroys the encrypted copy', async () => {
  const { tokens } = db.stores;
  const id = await tokens.insert(aToken());
  await tokens.saveSecret(id, { keyId: 'k1', nonce: 'n', ciphertext: 'c' });
  expect(await tokens.secret(id)).toEqual({ keyId: 'k1', nonce: 'n', ciphertext: 'c' });
  await tokens.revoke(id, 50, 'us1', 'deleted');
  await tokens.revoke(id, 60, 'us2', 'again');
  expect(await tokens.secret(id)).toBeUndefined();
  expect(await tokens.findByHash(aToken().hash)).toMatchObject({ id, revokedAt: 50 });
  expect(await tokens.list({})).toEqual({ tokens: [], total: 0 });
  await expect(tokens.insert(aToken())).rejects.toThrow(); // its hash is never valid again
  await tokens.update(id, { enabled: true, name: 'risen' });
  expect(await tokens.find(id)).toMatchObject({ revokedAt: 50, name: 'ci' });
});

test('a number is never given again', async () => {
  const { tokens, users } = db.stores;
  const first = await tokens.insert(aToken({ userId: 'us9' }));
  await users.delete('us9');
  expect(await tokens.find(first)).toBeUndefined();
  expect(await tokens.insert(aToken())).toBeGreaterThan(first);
});

test('an encrypted copy can be replaced', async () => {
  const { tokens } = db.stores;
  const id = await tokens.insert(aToken());
  await tokens.saveSecret(id, { keyId: 'k1', nonce: 'n', ciphertext: 'c' });
  await tokens.saveSecret(id, { keyId: 'k2', nonce: 'm', ciphertext: 'd' });
  expect(await tokens.secret(id)).toEqual({ keyId: 'k2', nonce: 'm', ciphertext: 'd' });
});

test('lists are newest first, by owner and base, in pages', async () => {
  const { tokens } = db.stores;
  for (const [hash, userId, baseId, createdAt] of [
    ['h1', 'us1', null, 1],
    ['h2', 'us1', 'p1', 2],
    ['h3', 'us2', 'p1', 3],
    ['h4', 'us1', null, 3],
  ] as const) {
    await tokens.insert(aToken({ hash, userId, baseId, createdAt }));
  }
  const list = async (query: Parameters<typeof tokens.list>[0]) => {
    const found = await tokens.list(query);
    return [...found.tokens.map((token) => token.hash), found.total];
  };
  expect(await list({})).toEqual(['h4', 'h3', 'h2', 'h1', 4]);
  expect(await list({ userId: 'us1' })).toEqual(['h4', 'h2', 'h1', 3]);
  expect(await list({ userId: 'us1', baseId: null })).toEqual(['h4', 'h1', 2]);
  expect(await list({ baseId: 'p1' })).toEqual(['h3', 'h2', 2]);
  expect(await list({ limit: 2, offset: 1 })).toEqual(['h3', 'h2', 4]);
  expect(await list({ offset: 3 })).toEqual(['h1', 4]);
  expect(await list({ limit: 1 })).toEqual(['h4', 4]);
});

test('uses add up and the last one only goes forward, in any order and any batches', async () => {
  const { tokens } = db.stores;
  const use = fc.record({
    tokenId: fc.integer({ min: 1, max: 3 }),
    at: fc.integer({ min: 1, max: 1000 }),
    address: fc.constantFrom('::1', '10.0.0.1', null),
    agent: fc.constantFrom('curl', null),
    calls: fc.integer({ min: 1, max: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(use, { maxLength: 6 }), { maxLength: 5 }), async (batches) => {
      await db.execute({ text: 'delete from rg_token_usage', params: [] });
      for (const batch of batches) await tokens.recordUses(batch);
      const found = await tokens.lastUses([1, 2, 3]);
      for (const tokenId of [1, 2, 3]) {
        const own = batches.flat().filter((one) => one.tokenId === tokenId);
        const last = Math.max(...own.map(({ at }) => at));
        expect(found.get(tokenId)?.calls).toBe(
          own.length === 0 ? undefined : own.reduce((n, { calls }) => n + calls, 0),
        );
        if (own.length === 0) continue;
        expect(found.get(tokenId)?.at).toBe(last);
        const latest = own.filter(({ at }) => at === last).map(({ address, agent }) => `${address} ${agent}`);
        expect(latest).toContain(`${found.get(tokenId)?.address} ${found.get(tokenId)?.agent}`);
      }
    }),
    { numRuns: 50 },
  );
});

test('thousands of uses take a few statements', async () => {
  const { tokens } = db.stores;
  const uses = Array.from({ length: 1000 }, (_, index) => ({
    tokenId: index + 1,
    at: 1,
    address: null,
    agent: null,
    calls: 1,
  }));
  db.statements.length = 0;
  await tokens.recordUses(uses);
  expect(db.statements.length).toBeLessThanOrEqual(5);
  expect((await tokens.lastUses(uses.map(({ tokenId }) => tokenId))).size).toBe(1000);
  await tokens.recordUses([]);
});
