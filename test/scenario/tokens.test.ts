import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hashToken, newTokenSecret } from '../../server/core/tokens/secret.ts';
import { isIntactToken } from '../../vocabulary/tokenFormat.ts';
import { startApp, type TestApp, type TestRequest } from '../support/app.ts';

const get = (path: string, credential: Partial<TestRequest> = {}): TestRequest => ({
  method: 'GET',
  path,
  ...credential,
});
const create = (jwt: string, body: unknown = {}, path = '/api/v1/tokens'): TestRequest => ({
  method: 'POST',
  path,
  jwt,
  body,
});
const works = async (app: TestApp, token: string): Promise<number> =>
  (await app.inject(get('/api/v2/meta/bases', { token }))).status;

describe('account tokens', () => {
  test('create, use, list, delete: dead before the delete answers', async () => {
    const app = await startApp();
    const { jwt, userId, email } = await app.signUp();
    const made = await app.inject(create(jwt, { description: '  for n8n ' }));
    expect(made.status).toBe(200);
    expect(made.headers['cache-control']).toBe('no-store');
    expect(made.body).toMatchObject({
      id: expect.any(Number),
      base_id: null,
      description: 'for n8n',
      expiry: null,
      enabled: true,
      fk_user_id: userId,
    });
    const { id, token } = made.body;
    expect(token).toHaveLength(40);
    expect(isIntactToken(token)).toBe(true);
    for (const headers of [
      { 'xc-token': token },
      { 'xc-token': `  ${token} ` },
      { authorization: `Bearer ${token}` },
      { authorization: `bearer ${token}` },
    ]) {
      const me = await app.inject(get('/user/me', { headers }));
      expect(me).toMatchObject({
        status: 200,
        body: { is_api_token: true, id: userId, email, isAuthorized: true },
      });
    }
    const list = await app.inject(get('/api/v1/tokens', { jwt }));
    expect(list.text).not.toContain(token);
    expect(list.body).toMatchObject({
      list: [{ id, token: null, token_prefix: token.slice(0, 8), created_by: email, fk_user_id: userId }],
      pageInfo: { totalRows: 1, page: 1, pageSize: 25, isFirstPage: true, isLastPage: true },
    });
    const deleted = await app.inject({ method: 'DELETE', path: `/api/v1/tokens/${id}`, jwt });
    expect(deleted).toMatchObject({ status: 200, text: '' });
    expect(await works(app, token)).toBe(401);
    const again = await app.inject({ method: 'DELETE', path: `/api/v1/tokens/${id}`, jwt });
    expect(again).toMatchObject({ status: 404, body: { msg: 'Token not found' } });
    await app.close();
  });

  test('what was asked for before it was made works at once after', async () => {
    const app = await startApp();
    const { userId } = await app.signUp();
    const secret = newTokenSecret(app.core.randomBytes);
    const hash = hashToken(secret);
    expect(await works(app, secret)).toBe(401);
    await app.core.transaction(async (tx) => {
      const at = app.core.clock().getTime();
      const row = { userId, baseId: null, name: null, hash, hintPrefix: '', hintSuffix: '', expiresAt: null };
      await tx.tokens.insert({ ...row, enabled: true, revokedAt: null, createdAt: at, updatedAt: at });
      tx.invalidate('token', hash);
    });
    expect(await works(app, secret)).toBe(200);
    await app.close();
  });

  test('one per user by default, and the refusal says what to do; an admin may raise it', async () => {
    const app = await startApp({ env: { ROWGATE_TOKENS_PER_USER: '1' } });
    const { jwt } = await app.signUp();
    const { jwt: other } = await app.signUp();
    const both = await Promise.all([app.inject(create(jwt)), app.inject(create(jwt))]);
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 422]);
    const refused = both.find((answer) => answer.status === 422);
    expect(refused?.body).toMatchObject({ error: 'ERR_TOKEN_LIMIT_REACHED' });
    expect(refused?.body.msg).toMatch(
      /Only one API token can be created per user.*Delete one.*ROWGATE_TOKENS_PER_USER/,
    );
    expect((await app.inject(create(other))).status).toBe(200);
    const raise = await app.inject({
      method: 'POST',
      path: '/api/v1/app-settings',
      jwt,
      body: { tokens_per_user: 2 },
    });
    expect(raise.status).toBe(200);
    for (const path of ['/api/v1/tokens', '/api/v2/tokens']) {
      expect((await app.inject(get(path, { jwt: other }))).body.tokens_per_user).toBe(2);
    }
    expect((await app.inject(create(jwt))).status).toBe(200);
    expect((await app.inject(create(jwt))).status).toBe(422);
    const id = both.find((answer) => answer.status === 200)?.body.id;
    await app.inject({ method: 'DELETE', path: `/api/v1/tokens/${id}`, jwt });
    expect((await app.inject(create(jwt))).status).toBe(200);
    await app.close();
  });

  test('pages are consistent', async () => {
    const app = await startApp();
    const { jwt } = await app.signUp();
    for (let i = 0; i < 30; i += 1) await app.inject(create(jwt, { description: `t${i}` }));
    const names = async (query: string) => {
      const { body } = await app.inject(get(`/api/v1/tokens${query}`, { jwt }));
      return { names: body.list.map((row: { description: string }) => row.description), info: body.pageInfo };
    };
    const first = await names('');
    expect(first.names).toHaveLength(25);
    expect(first.names[0]).toBe('t29');
    expect(first.info).toMatchObject({ totalRows: 30, pageSize: 25, isLastPage: false });
    expect((await names('?limit=10&offset=25')).names).toEqual(['t4', 't3', 't2', 't1', 't0']);
    expect(await names('?offset=50')).toMatchObject({ names: [], info: { isLastPage: true } });
    await app.close();
  });

  test.each([
    [{ description: 'x'.repeat(256) }, 400],
    [{ description: 7 }, 400],
    [{ expiry: 0 }, 400],
    [{ expiry: 'tomorrow' }, 422],
    [{ expires_at: '2001-01-01' }, 422],
    ['[]', 400],
    ['{"description":', 400],
  ])('create with %j: %i and nothing is made', async (body, status) => {
    const app = await startApp();
    const { jwt } = await app.signUp();
    expect((await app.inject(create(jwt, body))).status).toBe(status);
    expect((await app.inject(get('/api/v1/tokens', { jwt }))).body.pageInfo.totalRows).toBe(0);
    await app.close();
  });

  test('members that are not offered change nothing', async () => {
    const app = await startApp();
    const { jwt, userId } = await app.signUp();
    const { userId: victim } = await app.signUp();
    const smuggled = {
      user_id: victim,
      fk_user_id: victim,
      userId: victim,
      token: 'x'.repeat(40),
      token_hash: '0'.repeat(64),
      hash: '0'.repeat(64),
      base_id: 'p1',
      status: 'active',
      id: 4711,
      created_by: victim,
    };
    const { body } = await app.inject(create(jwt, { description: 'mine', ...smuggled }));
    const before = await app.core.stores.tokens.find(body.id);
    expect(before).toMatchObject({ userId, baseId: null, name: 'mine' });
    expect(isIntactToken(body.token)).toBe(true);
    const path = `/api/v2/tokens/${body.id}`;
    const changed = await app.inject({
      method: 'PATCH',
      path,
      jwt,
      body: { description: 'still mine', ...smuggled },
    });
    expect(changed.status).toBe(200);
    const after = await app.core.stores.tokens.find(body.id);
    expect(after).toEqual({ ...before, name: 'still mine', updatedAt: after?.updatedAt });
    await app.close();
  });
});

describe('life of a token', () => {
  test('never expires unless asked', async () => {
    const app = await startApp({ env: { NC_REFRESH_TOKEN_EXP_IN_DAYS: '3650', NC_JWT_EXPIRES_IN: '9y' } });
    const { jwt } = await app.signUp();
    for (const expiry of [undefined, null, '']) {
      const { body } = await app.inject(create(jwt, { expiry }));
      expect(body.expiry).toBe(null);
    }
    const { body } = await app.inject(create(jwt));
    app.advance(24 * 3600 * 1000);
    expect(await works(app, body.token)).toBe(200);
    app.advance(5 * 365 * 24 * 3600 * 1000);
    expect(await works(app, body.token)).toBe(200);
    await app.close();
  });

  test('the expiry is exact, also from a warm cache', async () => {
    const app = await startApp();
    const { jwt } = await app.signUp();
    const expiry = new Date(Math.ceil(app.core.clock().getTime() / 1000) * 1000 + 3_600_000).toISOString();
    const { body } = await app.inject(create(jwt, { expiry }));
    expect(body.expiry).toBe(`${expiry.slice(0, 19).replace('T', ' ')}+00:00`);
    app.advance(Date.parse(expiry) - app.core.clock().getTime() - 2000);
    expect(await works(app, body.token)).toBe(200);
    app.advance(2000);
    expect(await works(app, body.token)).toBe(401);
    await app.close();
  });

  test('pause and go on; a new date counts at once', async () => {
    const app = await startApp();
    const { jwt } = await app.signUp();
    const { body } = await app.inject(create(jwt));
    const path = `/api/v2/tokens/${body.id}`;
    const change = async (patch: unknown) =>
      (await app.inject({ method: 'PATCH', path, jwt, body: patch })).status;
    expect(await works(app, body.token)).toBe(200);
    expect(await change({ enabled: false })).toBe(200);
    expect(await works(app, body.token)).toBe(401);
    expect(await change({ enabled: true })).toBe(200);
    expect(await works(app, body.token)).toBe(200);
    expect(await change({ expiry: '1999-01-01' })).toBe(422);
    expect(await change({ expiry: new Date(app.core.clock().getTime() + 60_000).toISOString() })).toBe(200);
    app.advance(61_000);
    expect(await works(app, body.token)).toBe(401);
    expect(await change({ expiry: null })).toBe(200);
    expect(await works(app, body.token)).toBe(200);
    await app.close();
  });

  test('last use is written together, not at every request, and adds up', async () => {
    const app = await startApp();
    const { jwt } = await app.signUp();
    const { body } = await app.inject(create(jwt));
    const uses = async () => (await app.core.stores.tokens.lastUses([body.id])).get(body.id);
    for (const expected of [20, 40]) {
      const other = await startApp({ folder: app.folder });
      for (let i = 0; i < 20; i += 1) {
        const headers = { 'user-agent': 'importer/1.0' };
        await other.inject(get('/api/v2/meta/bases', { token: body.token, headers }));
      }
      expect((await uses())?.calls ?? 0).toBe(expected - 20);
      await other.close(); // writes what has gathered
      expect(await uses()).toMatchObject({ calls: expected, address: '127.0.0.1', agent: 'importer/1.0' });
    }
    const list = await app.inject(get('/api/v1/tokens', { jwt }));
    expect(list.body.list[0]).toMatchObject({ calls: 40, last_used_at: expect.any(String) });
    await app.close();
  });
});

describe('secrets at rest', () => {
  test('neither the files of the instance nor its logs hold a token', async () => {
    const app = await startApp({ env: { NC_LOG_LEVEL: 'debug' } });
    const { jwt } = await app.signUp();
    const { body } = await app.inject(create(jwt, { description: 'canary' }));
    await works(app, body.token);
    await app.inject({ method: 'POST', path: `/api/v2/tokens/${body.id}/reveal`, jwt });
    await app.inject(get(`/api/v2/meta/bases?token=${'x'.repeat(10)}`, { token: `${body.token}x` }));
    const needles = [
      body.token,
      Buffer.from(body.token).toString('base64'),
      Buffer.from(body.token).toString('hex'),
    ];
    const names = await readdir(app.folder, { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const bytes = await readFile(join(file.parentPath, file.name));
      for (const needle of needles) expect(bytes.includes(needle), file.name).toBe(false);
    }
    const logs = app.logs.join('\n');
    for (const needle of needles) expect(logs.includes(needle)).toBe(false);
    await app.close();
  });
});
