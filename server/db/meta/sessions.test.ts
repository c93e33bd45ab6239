import { afterEach, beforeEach, expect, test } from 'vitest';
import { aSession, openTestStores } from '../../../test/support/stores.ts';

let db: Awaited<ReturnType<typeof openTestStores>>;
beforeEach(async () => {
  db = await openTestStores();
});
afterEach(() => db.close());

test('a session is read back', async () => {
  await db.stores.sessions.insert(aSession());
  expect(await db.stores.sessions.find('ses1')).toEqual(aSession());
  expect(await db.stores.sessions.find('ses2')).toBeUndefined();
});

test('of many that advance the same generation one wins', async () => {
  const { sessions } = db.stores;
  await sessions.insert(aSession());
  const won = await Promise.all(Array.from({ length: 20 }, () => sessions.advance('ses1', 1, 50)));
  expect(won.filter(Boolean)).toHaveLength(1);
  expect(await sessions.find('ses1')).toMatchObject({ generation: 2, rotatedAt: 50, lastSeenAt: 50 });
  expect(await sessions.advance('ses1', 1, 60)).toBe(false);
  expect(await sessions.advance('ses1', 2, 60)).toBe(true);
});

test('a revoked session does not advance, keeps its first end, and is in no list', async () => {
  const { sessions } = db.stores;
  await sessions.insert(aSession());
  await sessions.revoke('ses1', 10, 'sign-out');
  await sessions.revoke('ses1', 20, 'again');
  expect((await sessions.find('ses1'))?.revokedAt).toBe(10);
  expect(await sessions.advance('ses1', 1, 30)).toBe(false);
  expect(await sessions.listOfUser('us1')).toEqual([]);
});

test('last seen only goes forward', async () => {
  const { sessions } = db.stores;
  await sessions.insert(aSession({ lastSeenAt: 10 }));
  await sessions.touch('ses1', 5);
  expect((await sessions.find('ses1'))?.lastSeenAt).toBe(10);
  await sessions.touch('ses1', 15);
  expect((await sessions.find('ses1'))?.lastSeenAt).toBe(15);
});

test('all of a user are revoked but the one kept; the answer names them', async () => {
  const { sessions } = db.stores;
  for (const [id, userId, createdAt] of [
    ['a', 'us1', 1],
    ['b', 'us1', 2],
    ['c', 'us1', 3],
    ['d', 'us2', 4],
  ] as const) {
    await sessions.insert(aSession({ id, userId, createdAt }));
  }
  await sessions.revoke('a', 5, 'sign-out');
  expect((await sessions.listOfUser('us1')).map(({ id }) => id)).toEqual(['c', 'b']);
  expect(await sessions.revokeAllOfUser('us1', 9, 'password', 'c')).toEqual(['b']);
  expect((await sessions.listOfUser('us1')).map(({ id }) => id)).toEqual(['c']);
  expect(await sessions.revokeAllOfUser('us1', 10, 'password')).toEqual(['c']);
  expect((await sessions.listOfUser('us2')).map(({ id }) => id)).toEqual(['d']);
});
