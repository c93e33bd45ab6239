import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { startApp, type TestApp, type TestRequest } from '../support/app.ts';

const password = 'correct horse battery';
const secret = 'a secret that only this test knows, 0123456789';
const minute = 60_000;
const day = 24 * 60 * minute;
const post = (path: string, more: Partial<TestRequest> = {}): TestRequest => ({
  method: 'POST',
  path,
  ...more,
});
const refresh = (app: TestApp, cookie: string, headers: Record<string, string> = {}) =>
  app.inject(post('/api/v2/auth/token/refresh', { headers: { cookie, ...headers } }));
const cookieOf = (answer: { headers: Record<string, unknown> }): string =>
  String(answer.headers['set-cookie'] ?? '').split(';', 1)[0] ?? '';
const me = async (app: TestApp, jwt: string): Promise<number> =>
  (await app.inject({ method: 'GET', path: '/api/v2/auth/user/me', jwt })).status;
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const claimsOf = (jwt: string): Record<string, number> =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());

function forge(header: unknown, claims: unknown, algorithm = 'sha256', key = secret): string {
  const body = `${encode(header)}.${encode(claims)}`;
  return `${body}.${createHmac(algorithm, key).update(body).digest('base64url')}`;
}

async function signIn(app: TestApp, email: string) {
  const answer = await app.inject(post('/api/v2/auth/user/signin', { body: { email, password } }));
  return { jwt: String(answer.body.token), cookie: cookieOf(answer) };
}

describe('JWT', () => {
  test('only what we signed, unaltered and in time, opens anything', async () => {
    const app = await startApp({ env: { NC_AUTH_JWT_SECRET: secret } });
    const { jwt } = await app.signUp();
    const claims = claimsOf(jwt);
    const [header = '', payload = '', signature = ''] = jwt.split('.');
    const hs256 = { alg: 'HS256', typ: 'JWT' };
    const { sid: _sid, ...noSession } = claims;
    const { exp: _exp, ...noEnd } = claims;
    const now = Math.floor(Date.now() / 1000);
    const bad = [
      `${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`,
      `${encode({ alg: 'none', typ: 'JWT' })}.${payload}.${signature}`,
      `${header}.${payload}.`,
      `${header}.${encode({ ...claims, roles: { super: true } })}.${signature}`,
      forge({ alg: 'HS512', typ: 'JWT' }, claims, 'sha512'),
      forge({ alg: 'HS384', typ: 'JWT' }, claims, 'sha384'),
      forge({ ...hs256, kid: '../../etc/passwd' }, claims),
      forge({ ...hs256, kid: "' or 1=1 --" }, claims),
      forge({ ...hs256, jku: 'https://evil.example/keys' }, claims),
      forge({ ...hs256, jwk: { kty: 'oct', k: 'AAAA' } }, claims, 'sha256', '\0\0\0'),
      forge({ ...hs256, crit: ['exp'] }, claims),
      forge(hs256, claims, 'sha256', 'another secret of the same length, 0123456789'),
      forge(hs256, { ...claims, exp: now - 1 }),
      forge(hs256, noSession),
      forge(hs256, noEnd),
      forge(hs256, { ...claims, sid: 'sesunknown' }),
      forge(hs256, { ...claims, id: 'usunknown' }),
      forge(hs256, { ...claims, token_version: 'old' }),
      'a.b.c',
      'x'.repeat(10_000),
    ];
    const statuses = new Map<string, number>();
    const limited = app.core.limits;
    for (const text of bad) {
      await limited.giveBack('badCredential', '127.0.0.1'); // this test is about the verdict, not the limit
      statuses.set(text.slice(0, 60) + text.length, await me(app, text));
    }
    expect(new Set(statuses.values())).toEqual(new Set([401]));
    expect(await me(app, jwt)).toBe(200);
    await app.close();
  });

  test.each([
    [{}, 36_000],
    [{ NC_JWT_EXPIRES_IN: '15m' }, 900],
  ])('lives as long as is set: %j', async (env, seconds) => {
    const app = await startApp({ env });
    const { jwt } = await app.signUp();
    const { iat = 0, exp = 0 } = claimsOf(jwt);
    expect(exp - iat).toBe(seconds);
    app.advance((seconds - 5) * 1000);
    expect(await me(app, jwt)).toBe(200);
    app.advance(6000);
    expect(await me(app, jwt)).toBe(401);
    await app.close();
  });
});

describe('refresh', () => {
  test('fifty at once: one step, one successor, nobody signed out', async () => {
    const app = await startApp();
    const { jwt, cookie, userId } = await app.signUp();
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(app, cookie)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    expect(new Set(answers.map(cookieOf)).size).toBe(1);
    const sessions = await app.core.stores.sessions.listOfUser(userId);
    expect(sessions).toHaveLength(1);
    expect(sessions[0]?.generation).toBe(1);
    for (const answer of answers) expect(await me(app, answer.body.token)).toBe(200);
    expect(await me(app, jwt)).toBe(200);
    await app.close();
  });

  test('a late second use within 20 seconds gets the same successor, after them it ends the session', async () => {
    const app = await startApp();
    const { cookie, userId, email } = await app.signUp();
    const bystander = await signIn(app, email);
    const first = await refresh(app, cookie);
    app.advance(19_000);
    const retry = await refresh(app, cookie);
    expect(retry.status).toBe(200);
    expect(cookieOf(retry)).toBe(cookieOf(first));
    app.advance(2000);
    const reuse = await refresh(app, cookie);
    expect(reuse).toMatchObject({
      status: 400,
      body: { msg: 'Authentication required - Invalid refresh token' },
    });
    expect((await refresh(app, cookieOf(first))).status).toBe(400);
    expect(await me(app, first.body.token)).toBe(401);
    expect(await me(app, bystander.jwt)).toBe(200);
    const events = await app.core.stores.audit.list({ limit: 50, offset: 0 });
    expect(events).toContainEqual(expect.objectContaining({ action: 'session.refreshReused', userId }));
    await app.close();
  });

  test('two devices alternate for a day and a half and none is signed out', async () => {
    const app = await startApp({ env: { NC_JWT_EXPIRES_IN: '15m' } });
    const { cookie, email } = await app.signUp();
    const cookies = [cookie, (await signIn(app, email)).cookie];
    for (let hour = 0; hour < 36; hour += 1) {
      app.advance(60 * minute);
      const at = hour % 2;
      const answer = await refresh(app, cookies[at] ?? '');
      expect(answer.status).toBe(200);
      expect(await me(app, answer.body.token)).toBe(200);
      cookies[at] = cookieOf(answer);
    }
    await app.close();
  });

  test('ends for good after the set number of days', async () => {
    const app = await startApp({ env: { NC_REFRESH_TOKEN_EXP_IN_DAYS: '2', NC_JWT_EXPIRES_IN: '7d' } });
    const { jwt, cookie } = await app.signUp();
    app.advance(day);
    const next = await refresh(app, cookie);
    expect(Number(/Max-Age=(\d+)/.exec(String(next.headers['set-cookie']))?.[1])).toBeLessThanOrEqual(86_400);
    app.advance(day);
    const late = await refresh(app, cookieOf(next));
    expect(late).toMatchObject({
      status: 400,
      body: { msg: 'Authentication required - Refresh token expired' },
    });
    expect(await me(app, jwt)).toBe(401);
    await app.close();
  });

  test.each([
    ['', 'Missing refresh token'],
    ['refresh_token=', 'Missing refresh token'],
    ['refresh_token=garbage', 'Authentication required - Invalid refresh token'],
    ['refresh_token=%00', 'Authentication required - Invalid refresh token'],
  ])('cookie %j', async (cookie, msg) => {
    const app = await startApp();
    expect(await refresh(app, cookie)).toMatchObject({ status: 400, body: { msg } });
    await app.close();
  });

  test('a device without a cookie may ask whether there is a session', async () => {
    const app = await startApp();
    const ask = (cookie: string) =>
      app.inject({
        method: 'POST',
        path: '/api/v2/auth/token/refresh?optional=true',
        ...(cookie === '' ? {} : { headers: { cookie } }),
      });
    expect(await ask('')).toMatchObject({ status: 200, body: { token: null } });
    expect(await ask('other=1')).toMatchObject({ status: 200, body: { token: null } });
    expect((await ask('refresh_token=garbage')).status).toBe(400);
    const { cookie } = await app.signUp();
    expect((await ask(cookie)).body.token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    await app.close();
  });

  test('an altered generation or MAC is refused and changes nothing', async () => {
    const app = await startApp();
    const { cookie, jwt } = await app.signUp();
    const [sid, , mac = ''] = Buffer.from(cookie.split('=')[1] ?? '', 'base64url')
      .toString()
      .split('|');
    for (const text of [
      `${sid}|1|${mac}`,
      `${sid}|-1|${mac}`,
      `${sid}|0|${mac.slice(0, -1)}_`,
      `sesother|0|${mac}`,
    ]) {
      const forged = `refresh_token=${Buffer.from(text).toString('base64url')}`;
      expect((await refresh(app, forged)).status).toBe(400);
    }
    expect((await refresh(app, cookie)).status).toBe(200);
    expect(await me(app, jwt)).toBe(200);
    await app.close();
  });

  test('other sites may not refresh', async () => {
    const app = await startApp();
    const { cookie } = await app.signUp();
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]) {
      expect((await refresh(app, cookie, headers as Record<string, string>)).status).toBe(403);
    }
    expect((await refresh(app, cookie, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    await app.close();
  });

  test.each([
    [{}, /^refresh_token=[\w-]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/],
    [
      { NC_PUBLIC_URL: 'https://data.example.org' },
      /^__Host-refresh_token=[\w-]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+; Secure$/,
    ],
  ])('the cookie is as closed as the address allows: %j', async (env, form) => {
    const app = await startApp({ env });
    const { email } = await app.signUp();
    const answer = await app.inject(post('/api/v2/auth/user/signin', { body: { email, password } }));
    expect(String(answer.headers['set-cookie'])).toMatch(form);
    expect(answer.text).not.toContain(cookieOf(answer).split('=')[1]);
    expect((await refresh(app, cookieOf(answer))).status).toBe(200);
    await app.close();
  });
});

describe('devices', () => {
  test('a user sees the own sessions and ends one or all others', async () => {
    const app = await startApp();
    const { jwt, email } = await app.signUp();
    const { jwt: stranger } = await app.signUp();
    const second = await signIn(app, email);
    const third = await signIn(app, email);
    const list = async (credential: string) =>
      (await app.inject({ method: 'GET', path: '/api/v2/sessions', jwt: credential })).body.list;
    const sessions = await list(jwt);
    expect(sessions).toHaveLength(3);
    expect(sessions.filter((session: { current: boolean }) => session.current)).toHaveLength(1);
    expect(sessions[0]).toMatchObject({ address: '127.0.0.1', last_seen_at: expect.any(String) });
    const path = `/api/v2/sessions/${claimsOf(second.jwt).sid}`;
    expect((await app.inject({ method: 'DELETE', path, jwt: stranger })).status).toBe(404);
    expect((await app.inject({ method: 'DELETE', path, jwt })).status).toBe(200);
    expect((await app.inject({ method: 'DELETE', path, jwt })).status).toBe(404);
    expect(await me(app, second.jwt)).toBe(401);
    expect(await me(app, third.jwt)).toBe(200);
    const others = await app.inject(post('/api/v2/sessions/revoke-others', { jwt }));
    expect(others.body.count).toBe(1);
    expect(await me(app, third.jwt)).toBe(401);
    expect(await list(jwt)).toHaveLength(1);
    await app.close();
  });
});
