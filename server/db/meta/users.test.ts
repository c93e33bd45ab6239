import { afterEach, beforeEach, expect, test } from 'vitest';
import { aSession, aToken, aUser, openTestStores } from '../../../test/support/stores.ts';

let db: Awaited<ReturnType<typeof openTestStores>>;
beforeEach(async () => {
  db = await openTestStores();
});
afterEach(() => db.close());

test('a user is read back without secrets', async () => {
  const { users } = db.stores;
  await users.insert(aUser({ meta: { theme: 'dark' }, emailVerified: true }));
  const user = await users.find('us1');
  const { passwordHash, ...open } = aUser({ meta: { theme: 'dark' }, emailVerified: true });
  expect(user).toEqual({ ...open, createdAt: 1000, updatedAt: 1000 });
  expect(JSON.stringify(user)).not.toContain(passwordHash);
  expect(await users.find('us2')).toBeUndefined();
  expect(await users.secrets('us2')).toBeUndefined();
  expect(await users.secrets('us1')).toEqual({
    passwordHash,
    resetTokenHash: null,
    resetExpiresAt: null,
    inviteTokenHash: null,
    inviteExpiresAt: null,
  });
});

test('addresses are lower case and otherwise exact', async () => {
  const { users } = db.stores;
  await users.insert(aUser({ email: 'André@Example.COM' }));
  expect((await users.find('us1'))?.email).toBe('andré@example.com');
  expect((await users.findByEmail('ANDRÉ@example.com'))?.id).toBe('us1');
  expect(await users.findByEmail('andre@example.com')).toBeUndefined();
  await expect(users.insert(aUser({ id: 'us2', email: 'ANDRÉ@EXAMPLE.COM' }))).rejects.toThrow();
  await users.insert(aUser({ id: 'us2', email: 'andre@example.com' }));
  await users.update('us2', { email: 'Bob@Example.com' });
  expect((await users.findByEmail('bob@example.com'))?.id).toBe('us2');
});

test('an update changes what it names and nothing else', async () => {
  const { users } = db.stores;
  await users.insert(aUser());
  await users.update('us1', {
    resetTokenHash: 'h1',
    resetExpiresAt: 5,
    inviteTokenHash: 'h2',
    inviteExpiresAt: 6,
  });
  expect((await users.findByResetTokenHash('h1'))?.id).toBe('us1');
  expect((await users.findByInviteTokenHash('h2'))?.id).toBe('us1');
  await users.update('us1', { resetTokenHash: null, displayName: null, tokenVersion: 'v2', updatedAt: 7 });
  expect(await users.findByResetTokenHash('h1')).toBeUndefined();
  expect(await users.find('us1')).toMatchObject({
    displayName: null,
    tokenVersion: 'v2',
    updatedAt: 7,
    status: 'active',
  });
  expect((await users.secrets('us1'))?.passwordHash).toBe('$argon2id$secret');
  await users.update('us1', {});
});

test('lists page and search, and take signs of patterns literally', async () => {
  const { users } = db.stores;
  for (const [id, email, displayName] of [
    ['us1', 'ann@example.com', 'Ann'],
    ['us2', 'b_b@example.com', null],
    ['us3', 'carl@example.com', '100% Carl'],
    ['us4', 'bxb@example.com', 'wow!'],
  ] as const) {
    await users.insert(aUser({ id, email, displayName }));
  }
  const search = async (text: string) =>
    (await users.list({ search: text, limit: 10, offset: 0 })).users.map((user) => user.id);
  expect(await search('ANN')).toEqual(['us1']);
  expect(await search('b_b')).toEqual(['us2']);
  expect(await search('100%')).toEqual(['us3']);
  expect(await search('!')).toEqual(['us4']);
  expect(await search("' or 1=1 --")).toEqual([]);
  const page = await users.list({ limit: 2, offset: 1 });
  expect(page.users.map((user) => user.id)).toEqual(['us2', 'us3']);
  expect(page.total).toBe(4);
  expect(await users.count()).toBe(4);
});

test('many users cost few statements', async () => {
  const { users } = db.stores;
  await users.insert(aUser());
  await users.insert(aUser({ id: 'us2', email: 'b@example.com' }));
  db.statements.length = 0;
  expect((await users.findMany(['us2', 'us1', 'us9'])).map((user) => user.id).sort()).toEqual(['us1', 'us2']);
  expect(db.statements).toHaveLength(1);
  expect(await users.findMany([])).toEqual([]);
  const ids = Array.from({ length: 1200 }, (_, index) => `us${index}`);
  expect(await users.findMany(ids)).toHaveLength(2);
});

test('deleting a user removes every credential and membership, and nobody else’s', async () => {
  const { users, sessions, tokens, bases } = db.stores;
  await users.insert(aUser());
  await users.insert(aUser({ id: 'us2', email: 'b@example.com' }));
  const base = {
    id: 'p1',
    title: 'B',
    description: null,
    color: null,
    meta: null,
    order: 1,
    prefix: 'x',
    createdAt: 1,
    updatedAt: 1,
  };
  await bases.insert(base, { id: 'b1', alias: null, type: 'sqlite3', createdAt: 1, updatedAt: 1 });
  for (const userId of ['us1', 'us2']) {
    await sessions.insert(aSession({ id: `ses-${userId}`, userId }));
    const id = await tokens.insert(aToken({ userId, hash: userId }));
    await tokens.saveSecret(id, { keyId: 'k1', nonce: 'n', ciphertext: 'c' });
    await tokens.recordUses([{ tokenId: id, at: 1, address: null, agent: null, calls: 1 }]);
    await bases.setMember('p1', {
      userId,
      role: 'editor',
      starred: false,
      order: null,
      hidden: false,
      createdAt: 1,
    });
  }
  await users.delete('us1');
  expect(await users.find('us1')).toBeUndefined();
  expect(await sessions.find('ses-us1')).toBeUndefined();
  expect(await tokens.findByHash('us1')).toBeUndefined();
  expect([...((await bases.find('p1'))?.members.keys() ?? [])]).toEqual(['us2']);
  for (const table of ['rg_session', 'rg_token', 'rg_token_secret', 'rg_token_usage', 'rg_member']) {
    const { rows } = await db.execute({ text: `select count(*) as n from ${table}`, params: [] });
    expect([table, rows[0]?.n]).toEqual([table, 1]);
  }
});
