import { describe, expect, test } from 'vitest';
import { copyBinding } from '../../server/core/tokens/secret.ts';
import { startApp, type TestApp, type TestRequest } from '../support/app.ts';

const reveal = (id: number, credential: Partial<TestRequest>): TestRequest => ({
  method: 'POST',
  path: `/api/v2/tokens/${id}/reveal`,
  ...credential,
});
const make = async (app: TestApp, jwt: string): Promise<{ id: number; token: string }> =>
  (await app.inject({ method: 'POST', path: '/api/v2/tokens', jwt, body: {} })).body;

describe('showing a token again', () => {
  test('to its owner only, by a session only, audited, never cached', async () => {
    const app = await startApp();
    const { jwt: admin } = await app.signUp();
    const { jwt, userId } = await app.signUp();
    const { id, token } = await make(app, jwt);
    const shown = await app.inject(reveal(id, { jwt }));
    expect(shown).toMatchObject({ status: 200, body: { token } });
    expect(shown.headers['cache-control']).toBe('no-store');
    expect((await app.inject(reveal(id, { jwt: admin }))).status).toBe(404);
    expect((await app.inject(reveal(id, { token }))).status).toBe(401);
    expect((await app.inject(reveal(id, {}))).status).toBe(401);
    expect((await app.inject(reveal(999_999, { jwt }))).status).toBe(404);
    const wrongMethod = await app.inject({ ...reveal(id, { jwt, documented: false }), method: 'GET' });
    expect([404, 405]).toContain(wrongMethod.status);
    const events = await app.core.stores.audit.list({ limit: 50, offset: 0 });
    const reveals = events.filter((event) => event.action === 'token.reveal');
    expect(reveals).toMatchObject([{ userId, target: String(id), address: '127.0.0.1' }]);
    expect(JSON.stringify(events)).not.toContain(token);
    await app.close();
  });

  test('ten times an hour', async () => {
    const app = await startApp();
    const { jwt } = await app.signUp();
    const { id } = await make(app, jwt);
    for (let i = 0; i < 10; i += 1) expect((await app.inject(reveal(id, { jwt }))).status).toBe(200);
    expect((await app.inject(reveal(id, { jwt }))).status).toBe(429);
    await app.close();
  });

  test('a copy moved from another row or with one bit changed is never shown', async () => {
    const app = await startApp();
    const { jwt } = await app.signUp();
    const one = await make(app, jwt);
    const two = await make(app, jwt);
    const { stores, transaction, tokenCipher } = app.core;
    const copies = { one: await stores.tokens.secret(one.id), two: await stores.tokens.secret(two.id) };
    if (copies.one === undefined || copies.two === undefined) throw new Error('no copies were kept');
    const { one: first, two: second } = copies;
    await transaction(async (tx) => {
      await tx.tokens.saveSecret(one.id, second);
      await tx.tokens.saveSecret(two.id, first);
    });
    for (const { id } of [one, two]) {
      const answer = await app.inject(reveal(id, { jwt, documented: false }));
      expect(answer.status).toBe(500);
      expect(answer.text).not.toMatch(/rgp_|stack|at .*\.ts/);
    }
    const flipped = Buffer.from(first.ciphertext, 'base64');
    flipped[0] = (flipped[0] ?? 0) ^ 1;
    await transaction((tx) =>
      tx.tokens.saveSecret(one.id, { ...first, ciphertext: flipped.toString('base64') }),
    );
    expect((await app.inject(reveal(one.id, { jwt, documented: false }))).status).toBe(500);
    const row = await stores.tokens.find(one.id);
    if (row === undefined) throw new Error('the token vanished');
    const foreign = tokenCipher.encrypt(two.token, copyBinding(row)); // bound to the row, but not its secret
    await transaction((tx) => tx.tokens.saveSecret(one.id, foreign));
    expect((await app.inject(reveal(one.id, { jwt, documented: false }))).status).toBe(500);
    await transaction((tx) => tx.tokens.saveSecret(one.id, first));
    expect((await app.inject(reveal(one.id, { jwt }))).body.token).toBe(one.token);
    await app.close();
  });

  test('deleting a token destroys its copy', async () => {
    const app = await startApp();
    const { jwt } = await app.signUp();
    const { id } = await make(app, jwt);
    expect(await app.core.stores.tokens.secret(id)).toBeDefined();
    await app.inject({ method: 'DELETE', path: `/api/v2/tokens/${id}`, jwt });
    expect(await app.core.stores.tokens.secret(id)).toBeUndefined();
    expect((await app.inject(reveal(id, { jwt }))).status).toBe(404);
    await app.close();
  });
});
