import { describe, expect, test, vi } from 'vitest';
import { newTokenSecret } from '../../server/core/tokens/secret.ts';
import { startApp, type TestApp, type TestRequest } from '../support/app.ts';

const get = (path: string, headers: Record<string, string> = {}): TestRequest => ({
  method: 'GET',
  path,
  headers,
});
const make = async (app: TestApp, jwt: string): Promise<{ id: number; token: string }> =>
  (await app.inject({ method: 'POST', path: '/api/v1/tokens', jwt, body: {} })).body;

describe('one front door', () => {
  test('every presented credential must be good, the token decides, on public routes too', async () => {
    const app = await startApp();
    const { jwt } = await app.signUp();
    const { token } = await make(app, jwt);
    const session = { isAuthorized: true, email_verified: false };
    const byToken = { is_api_token: true };
    const cases: [string, Record<string, string>, number, object | undefined][] = [
      ['session', { 'xc-auth': jwt }, 200, session],
      ['session as bearer', { authorization: `Bearer ${jwt}` }, 200, session],
      ['token', { 'xc-token': token }, 200, byToken],
      ['token as bearer', { authorization: `Bearer ${token}` }, 200, byToken],
      ['both good', { 'xc-auth': jwt, 'xc-token': token }, 200, byToken],
      ['session and bearer token', { 'xc-auth': jwt, authorization: `Bearer ${token}` }, 200, byToken],
      ['good session, bad token', { 'xc-auth': jwt, 'xc-token': 'bad' }, 401, undefined],
      ['bad session, good token', { 'xc-auth': 'bad', 'xc-token': token }, 401, undefined],
      ['bad session, good bearer', { 'xc-auth': 'a.b.c', authorization: `Bearer ${token}` }, 401, undefined],
      ['bad token, good bearer', { 'xc-token': 'bad', authorization: `Bearer ${token}` }, 401, undefined],
      ['good token, bad bearer', { 'xc-token': token, authorization: 'Bearer bad' }, 401, undefined],
      ['token as session', { 'xc-auth': token }, 401, undefined],
      ['session as token', { 'xc-token': jwt }, 401, undefined],
      ['unknown token', { 'xc-token': newTokenSecret(app.core.randomBytes) }, 401, undefined],
      ['token with SQL', { 'xc-token': "' or '1'='1" }, 401, undefined],
      [
        'another scheme',
        { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` },
        200,
        { roles: { guest: true } },
      ],
      ['old scheme', { authorization: `Token ${token}` }, 200, { roles: { guest: true } }],
      ['empty headers', { 'xc-auth': '', 'xc-token': ' ' }, 200, { roles: { guest: true } }],
    ];
    for (const [name, headers, status, body] of cases) {
      const answer = await app.inject(get('/api/v2/auth/user/me', headers));
      expect(answer.status, name).toBe(status);
      if (body !== undefined) expect(answer.body, name).toMatchObject(body);
      const closed = await app.inject(get('/api/v2/meta/bases', headers));
      expect(closed.status, name).toBe(body !== undefined && 'roles' in body ? 401 : status);
    }
    await app.close();
  });

  test('a credential in the address is refused and not repeated', async () => {
    const app = await startApp();
    const { jwt } = await app.signUp();
    const { token } = await make(app, jwt);
    for (const query of [`xc-token=${token}`, `xc-auth=${jwt}`, `limit=1&XC-Token=${token}`]) {
      const answer = await app.inject({ ...get(`/api/v2/meta/bases?${query}`), documented: false });
      expect(answer.status).toBe(400);
      expect(answer.text).not.toContain(token);
      expect(answer.text).not.toContain(jwt);
    }
    expect((await app.inject(get(`/api/v2/meta/bases?token=${token}`))).status).toBe(401);
    expect(app.logs.join('')).not.toContain(token);
    await app.close();
  });

  test('a mistyped token costs no look-up, an unknown one a single look-up', async () => {
    const app = await startApp();
    const { jwt } = await app.signUp();
    const { token } = await make(app, jwt);
    const lookUp = vi.spyOn(app.core.stores.tokens, 'findByHash');
    const typo = token.slice(0, -1) + (token.endsWith('0') ? '1' : '0');
    for (let i = 0; i < 100; i += 1) await app.inject(get('/api/v2/meta/bases', { 'xc-token': typo }));
    expect(lookUp).toHaveBeenCalledTimes(0);
    const unknown = newTokenSecret(app.core.randomBytes);
    for (let i = 0; i < 10; i += 1) await app.inject(get('/api/v2/meta/bases', { 'xc-token': unknown }));
    expect(lookUp).toHaveBeenCalledTimes(1);
    for (let i = 0; i < 10; i += 1) await app.inject(get('/api/v2/meta/bases', { 'xc-token': token }));
    expect(lookUp).toHaveBeenCalledTimes(2);
    await app.close();
  });

  test('many bad credentials from one address are slowed down, good ones never', async () => {
    const app = await startApp();
    const { jwt } = await app.signUp();
    const { token } = await make(app, jwt);
    const statuses: number[] = [];
    for (let i = 0; i < 40; i += 1) {
      statuses.push((await app.inject(get('/api/v2/meta/bases', { 'xc-token': `bad${i}` }))).status);
    }
    expect(statuses).toEqual([...Array(30).fill(401), ...Array(10).fill(429)]);
    const refused = await app.inject(get('/api/v2/meta/bases', { 'xc-auth': 'bad' }));
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await app.inject(get('/api/v2/meta/bases', { 'xc-token': token }))).status).toBe(200);
    expect((await app.inject(get('/api/v2/meta/bases', { 'xc-auth': jwt }))).status).toBe(200);
    await app.close();
  });
});

describe('what a token may never do', () => {
  test.each([
    ['GET', '/api/v1/tokens'],
    ['POST', '/api/v1/tokens'],
    ['DELETE', '/api/v1/tokens/1'],
    ['GET', '/api/v2/tokens'],
    ['POST', '/api/v2/tokens'],
    ['PATCH', '/api/v2/tokens/1'],
    ['DELETE', '/api/v2/tokens/1'],
    ['POST', '/api/v2/tokens/1/reveal'],
    ['GET', '/api/v2/sessions'],
    ['DELETE', '/api/v2/sessions/x'],
    ['POST', '/api/v2/sessions/revoke-others'],
    ['POST', '/api/v2/auth/password/change'],
    ['POST', '/user/password/change'],
    ['POST', '/api/v1/auth/user/signout'],
    ['GET', '/api/v1/users'],
    ['POST', '/api/v1/users'],
    ['PATCH', '/api/v1/users/x'],
    ['DELETE', '/api/v1/users/x'],
    ['POST', '/api/v1/users/x/generate-reset-url'],
    ['GET', '/api/v1/app-settings'],
    ['POST', '/api/v1/app-settings'],
  ] as const)('%s %s', async (method, path) => {
    const app = await startApp();
    const { jwt } = await app.signUp();
    const { token } = await make(app, jwt);
    const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} };
    const answer = await app.inject({ method, path, token, ...body });
    expect(answer).toMatchObject({ status: 401, body: { error: 'ERR_API_TOKEN_NOT_ALLOWED' } });
    const nobody = await app.inject({ method, path, ...body });
    expect(nobody.status).toBe(path.endsWith('signout') ? 403 : 401);
    expect((await app.core.stores.tokens.list({})).total).toBe(1);
    await app.close();
  });

  test('the tokens of others do not exist', async () => {
    const app = await startApp();
    const { jwt: admin } = await app.signUp();
    const { jwt: owner } = await app.signUp();
    const { jwt: other } = await app.signUp();
    const { id, token } = await make(app, owner);
    const requests: TestRequest[] = [
      { method: 'PATCH', path: `/api/v2/tokens/${id}`, body: { enabled: false } },
      { method: 'POST', path: `/api/v2/tokens/${id}/reveal` },
      { method: 'DELETE', path: `/api/v1/tokens/${id}` },
      { method: 'DELETE', path: `/api/v2/tokens/${id}` },
    ];
    for (const request of requests) {
      const answer = await app.inject({ ...request, jwt: other });
      expect(answer).toMatchObject({ status: 404, body: { msg: 'Token not found' } });
      const unknown = await app.inject({
        ...request,
        path: request.path.replace(`/tokens/${id}`, '/tokens/999'),
        jwt: other,
      });
      expect(unknown.text).toBe(answer.text);
    }
    expect((await app.inject(get('/api/v2/meta/bases', { 'xc-token': token }))).status).toBe(200);
    for (const text of ['0', '-1', 'abc', '1e3', `${token}`, '99999999999999999999']) {
      expect(
        (await app.inject({ method: 'DELETE', path: `/api/v1/tokens/${text}`, jwt: other })).status,
      ).toBe(404);
    }
    expect((await app.inject({ method: 'DELETE', path: `/api/v1/tokens/${id}`, jwt: admin })).status).toBe(
      200,
    );
    expect((await app.inject(get('/api/v2/meta/bases', { 'xc-token': token }))).status).toBe(401);
    await app.close();
  });
});
