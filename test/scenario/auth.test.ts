import { describe, expect, test } from 'vitest';
import { startApp, type TestApp, type TestRequest } from '../support/app.ts';

const password = 'correct horse battery';
const post = (path: string, body?: unknown, more: Partial<TestRequest> = {}): TestRequest => ({
  method: 'POST',
  path,
  body,
  ...more,
});
const cookieOf = (answer: { headers: Record<string, unknown> }): string =>
  String(answer.headers['set-cookie'] ?? '').split(';', 1)[0] ?? '';
const me = async (app: TestApp, jwt: string): Promise<number> =>
  (await app.inject({ method: 'GET', path: '/api/v2/auth/user/me', jwt })).status;
const claims = (jwt: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());

describe('the journey of an account', () => {
  test('sign up, sign in, ask who I am, sign out', async () => {
    const app = await startApp();
    const signUp = await app.inject(
      post('/api/v1/auth/user/signup', {
        email: 'Ada@Example.org',
        password,
        firstname: 'Ada',
        lastname: 'L',
      }),
    );
    expect(signUp.status).toBe(200);
    const first = signUp.body.token;
    const who = await app.inject({ method: 'GET', path: '/user/me', jwt: first });
    expect(who.body).toMatchObject({
      email: 'ada@example.org',
      display_name: 'Ada L',
      roles: { super: true, 'org-level-creator': true },
      isAuthorized: true,
    });
    expect(who.text).not.toMatch(/argon2|password|salt/i);
    const signIn = await app.inject(post('/auth/user/signin', { email: 'ADA@example.org', password }));
    expect(signIn.status).toBe(200);
    const second = signIn.body.token;
    expect(claims(second).sid).not.toBe(claims(first).sid);
    expect(claims(second).jti).not.toBe(claims(first).jti);

    const out = await app.inject(post('/api/v2/auth/user/signout', undefined, { jwt: second }));
    expect(out).toMatchObject({ status: 200, body: { msg: 'Signed out successfully' } });
    expect(String(out.headers['set-cookie'])).toMatch(/^refresh_token=;.*Max-Age=0/);
    expect(await me(app, second)).toBe(401);
    expect(await me(app, first)).toBe(200);
    const cookie = cookieOf(signIn);
    const refresh = await app.inject(post('/api/v2/auth/token/refresh', undefined, { headers: { cookie } }));
    expect(refresh.status).toBe(400);
    await app.close();
  });

  test('every alias answers', async () => {
    const app = await startApp();
    const { jwt, email } = await app.signUp();
    for (const prefix of ['/auth', '/api/v1/auth', '/api/v1/db/auth', '/api/v2/auth']) {
      expect((await app.inject({ method: 'GET', path: `${prefix}/user/me`, jwt })).status).toBe(200);
      expect((await app.inject(post(`${prefix}/user/signin`, { email, password }))).status).toBe(200);
      expect((await app.inject(post(`${prefix}/token/refresh`))).body.msg).toBe('Missing refresh token');
      expect((await app.inject(post(`${prefix}/password/forgot`, { email: 'x@example.org' }))).status).toBe(
        200,
      );
      expect((await app.inject(post(`${prefix}/token/validate/abc`))).body.msg).toBe('Invalid reset url');
    }
    await app.close();
  });

  test('the guest, and the roles in a base', async () => {
    const app = await startApp();
    const guest = await app.inject({ method: 'GET', path: '/api/v1/auth/user/me' });
    expect(guest).toMatchObject({
      status: 200,
      body: { roles: { guest: true }, workspace_roles: null, base_roles: null },
    });
    const { jwt } = await app.signUp();
    const unknown = await app.inject({ method: 'GET', path: '/api/v1/auth/user/me?base_id=pnone', jwt });
    expect(unknown).toMatchObject({ status: 404, body: { error: 'ERR_BASE_NOT_FOUND' } });
    await app.close();
  });

  test('of many who sign up at once exactly one is super admin', async () => {
    const app = await startApp();
    const people = await Promise.all(Array.from({ length: 8 }, (_, i) => app.signUp(`p${i}@example.org`)));
    const users = await app.core.stores.users.findMany(people.map((person) => person.userId));
    expect(users.filter((user) => user.orgRole === 'super')).toHaveLength(1);
    expect(users.filter((user) => user.orgRole === 'viewer')).toHaveLength(7);
    await app.close();
  });
});

describe('refusals', () => {
  const email = 'new@example.org';
  test.each([
    [{ email, password: 'seven77' }, 'Invalid request body'],
    [{ email, password: 'x'.repeat(129) }, 'Invalid request body'],
    [{ email }, 'Invalid request body'],
    [{ email: 'nobody', password }, 'Invalid request body'],
    [{ email: 42, password }, 'Invalid request body'],
    [{ email: 'a+b@example.org', password }, 'Email aliases with "+" are not allowed'],
    [{ email: 'person1@example.org', password }, 'User already exist'],
    [{ email: 'person1@example.org', password, token: 'junk' }, 'Invalid invite url'],
  ])('sign-up with %j: 400', async (body, msg) => {
    const app = await startApp();
    await app.signUp();
    const answer = await app.inject(post('/api/v1/auth/user/signup', body));
    expect(answer).toMatchObject({ status: 400, body: { msg } });
    expect(await app.core.stores.users.count()).toBe(1);
    await app.close();
  });

  test('the longest and the strangest passwords are taken as they are', async () => {
    const app = await startApp();
    for (const secret of [
      'x'.repeat(128),
      '  blanks around  ',
      'pässwörter 🔑🔑🔑',
      "'; DROP TABLE users; --",
    ]) {
      const { email: address } = await app.signUp(undefined, secret);
      const right = await app.inject(post('/api/v2/auth/user/signin', { email: address, password: secret }));
      expect(right.status).toBe(200);
      const trimmed = await app.inject(
        post('/api/v2/auth/user/signin', { email: address, password: `${secret} ` }),
      );
      expect(trimmed.status).toBe(400);
    }
    await app.close();
  });

  test('a wrong password and an unknown user cannot be told apart', async () => {
    const app = await startApp();
    const { email: known } = await app.signUp();
    const answers = [];
    for (const address of [known, 'nobody@example.org', 'not an address']) {
      answers.push(
        await app.inject(post('/api/v2/auth/user/signin', { email: address, password: 'wrong wrong' })),
      );
    }
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 400, text: '{"msg":"Invalid credentials"}' });
    const forgot = [];
    for (const address of [known, 'nobody@example.org']) {
      forgot.push(await app.inject(post('/api/v2/auth/password/forgot', { email: address })));
    }
    expect(forgot.map(({ status, text }) => [status, text])).toEqual(
      Array(2).fill([forgot[0]?.status, forgot[0]?.text]),
    );
    const missing = await app.inject(post('/api/v2/auth/user/signin', { email: known }));
    expect(missing).toMatchObject({ status: 401, body: { msg: 'Unauthorized' } });
    await app.close();
  });

  test('sign-in is limited per account whatever the address, and per address', async () => {
    const app = await startApp({ env: { ROWGATE_TRUST_PROXY_HOPS: '1' } });
    const { email: one } = await app.signUp();
    const { email: two } = await app.signUp();
    const attempt = (address: string, who: string, secret: string) =>
      app.inject(
        post(
          '/api/v2/auth/user/signin',
          { email: who, password: secret },
          { headers: { 'x-forwarded-for': address } },
        ),
      );
    for (let i = 0; i < 10; i += 1)
      expect((await attempt(`192.0.2.${i}`, one, 'wrong wrong')).status).toBe(400);
    const refused = await attempt('192.0.2.99', one, password);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await attempt('192.0.2.99', two, password)).status).toBe(200);
    for (let i = 0; i < 30; i += 1) await attempt('198.51.100.7', `user${i}@example.org`, 'wrong wrong');
    expect((await attempt('198.51.100.7', two, password)).status).toBe(429);
    expect((await attempt('198.51.100.8', two, password)).status).toBe(200);
    await app.close();
  });

  test('sign-out needs a session', async () => {
    const app = await startApp();
    const answer = await app.inject(post('/api/v1/auth/user/signout'));
    expect(answer).toMatchObject({
      status: 403,
      body: { error: 'ERR_FORBIDDEN', message: 'Forbidden - Not allowed' },
    });
    await app.close();
  });
});

describe('invitation only', () => {
  test('the first comes in, others need the invitation, once', async () => {
    const app = await startApp({ env: { NC_INVITE_ONLY_SIGNUP: 'true' } });
    const { jwt } = await app.signUp();
    const uninvited = await app.inject(
      post('/api/v1/auth/user/signup', { email: 'b@example.org', password }),
    );
    expect(uninvited).toMatchObject({
      status: 400,
      body: { msg: 'Not allowed to signup, contact super admin.' },
    });
    const invite = await app.inject(
      post('/api/v1/users', { email: 'B@example.org', roles: 'org-level-creator' }, { jwt }),
    );
    expect(invite).toMatchObject({ status: 200, body: { email: 'b@example.org', mailed: false } });
    const token = invite.body.invite_token;
    const early = await app.inject(post('/api/v1/auth/user/signin', { email: 'b@example.org', password }));
    expect(early.body.msg).toMatch(/^If invited, sign up via the email link/);
    const wrong = await app.inject(
      post('/api/v1/auth/user/signup', { email: 'b@example.org', password, token: 'x' }),
    );
    expect(wrong.body.msg).toBe('Invalid invite url');
    const right = await app.inject(
      post('/api/v1/auth/user/signup', { email: 'b@example.org', password, token }),
    );
    expect(right.status).toBe(200);
    const again = await app.inject(
      post('/api/v1/auth/user/signup', { email: 'b@example.org', password, token }),
    );
    expect(again.status).toBe(400);
    const open = await app.inject(post('/api/v1/app-settings', { invite_only_signup: false }, { jwt }));
    expect(open.status).toBe(200);
    expect((await app.signUp('c@example.org')).jwt).toBeTruthy();
    await app.close();
  });

  test('an invitation expires', async () => {
    const app = await startApp();
    const { jwt } = await app.signUp();
    const invite = await app.inject(post('/api/v1/users', { email: 'b@example.org' }, { jwt }));
    app.advance(8 * 24 * 3600 * 1000);
    const token = invite.body.invite_token;
    const late = await app.inject(
      post('/api/v1/auth/user/signup', { email: 'b@example.org', password, token }),
    );
    expect(late.body.msg).toBe('Expired invite url, Please contact super admin to get a new invite url');
    await app.close();
  });
});
