import { createServer } from 'node:net';
import { hash } from '@node-rs/argon2';
import { describe, expect, test } from 'vitest';
import { startApp, type TestApp, type TestRequest } from '../support/app.ts';

const password = 'correct horse battery';
const renewed = 'staple staple staple';
const post = (path: string, body?: unknown, more: Partial<TestRequest> = {}): TestRequest => ({
  method: 'POST',
  path,
  body,
  ...more,
});
const status = async (app: TestApp, request: TestRequest): Promise<number> =>
  (await app.inject(request)).status;
const bases = (credential: Partial<TestRequest>): TestRequest => ({
  method: 'GET',
  path: '/api/v2/meta/bases',
  ...credential,
});
const refresh = (cookie: string): TestRequest =>
  post('/api/v2/auth/token/refresh', undefined, { headers: { cookie } });

async function someoneWithTwoDevices(app: TestApp) {
  const person = await app.signUp();
  const other = await app.inject(post('/api/v2/auth/user/signin', { email: person.email, password }));
  const made = await app.inject(post('/api/v1/tokens', { description: 'keeps' }, { jwt: person.jwt }));
  const otherCookie = String(other.headers['set-cookie']).split(';', 1)[0] ?? '';
  return { ...person, otherJwt: other.body.token, otherCookie, token: made.body.token };
}

describe('password change', () => {
  test('ends every other session, keeps this device and the API tokens', async () => {
    const app = await startApp();
    const { jwt, otherJwt, otherCookie, cookie, token, email } = await someoneWithTwoDevices(app);
    const change = (current: string, next: string) =>
      app.inject(
        post('/api/v2/auth/password/change', { currentPassword: current, newPassword: next }, { jwt }),
      );
    expect(await change('not this one', renewed)).toMatchObject({
      status: 400,
      body: { msg: 'Current password is wrong' },
    });
    expect((await change(password, 'short')).status).toBe(400);
    const changed = await change(password, renewed);
    expect(changed).toMatchObject({ status: 200, body: { msg: 'Password has been updated successfully' } });
    for (const dead of [jwt, otherJwt]) expect(await status(app, bases({ jwt: dead }))).toBe(401);
    for (const dead of [cookie, otherCookie]) expect(await status(app, refresh(dead))).toBe(400);
    const fresh = String(changed.headers['set-cookie']).split(';', 1)[0] ?? '';
    const again = await app.inject(refresh(fresh));
    expect(again.status).toBe(200);
    expect(await status(app, bases({ jwt: again.body.token }))).toBe(200);
    expect(await status(app, bases({ token }))).toBe(200);
    expect(await status(app, post('/api/v2/auth/user/signin', { email, password }))).toBe(400);
    expect(await status(app, post('/api/v2/auth/user/signin', { email, password: renewed }))).toBe(200);
    await app.close();
  });
});

describe('password reset', () => {
  test('a link works once and ends every session', async () => {
    const app = await startApp();
    const { jwt: admin } = await app.signUp();
    const { jwt, cookie, otherJwt, otherCookie, token, email, userId } = await someoneWithTwoDevices(app);
    const made = await app.inject(
      post(`/api/v1/users/${userId}/generate-reset-url`, undefined, { jwt: admin }),
    );
    expect(made.status).toBe(200);
    const secret = made.body.reset_password_token;
    expect(made.body.reset_password_url).toContain(secret);
    expect(await status(app, post(`/api/v2/auth/token/validate/${secret}`))).toBe(200);
    const page = await app.inject({ method: 'GET', path: `/auth/password/reset/${secret}` });
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toMatch('text/html');
    expect(page.text).not.toContain(secret);
    expect(await status(app, post(`/api/v2/auth/password/reset/${secret}`, { password: 'short' }))).toBe(400);
    expect(await status(app, bases({ jwt }))).toBe(200);

    const uses = await Promise.all(
      [1, 2, 3].map(() => app.inject(post(`/api/v2/auth/password/reset/${secret}`, { password: renewed }))),
    );
    expect(uses.map((use) => use.status).sort()).toEqual([200, 400, 400]);
    for (const dead of [jwt, otherJwt]) expect(await status(app, bases({ jwt: dead }))).toBe(401);
    for (const dead of [cookie, otherCookie]) expect(await status(app, refresh(dead))).toBe(400);
    expect(await status(app, bases({ token }))).toBe(200);
    expect(await status(app, post('/api/v2/auth/user/signin', { email, password }))).toBe(400);
    expect(await status(app, post('/api/v2/auth/user/signin', { email, password: renewed }))).toBe(200);
    await app.close();
  });

  test('a link expires after an hour, and unknown ones are told so', async () => {
    const app = await startApp();
    const { jwt, userId } = await app.signUp();
    const made = await app.inject(post(`/api/v1/users/${userId}/generate-reset-url`, undefined, { jwt }));
    app.advance(3_600_000);
    const path = `/api/v2/auth/password/reset/${made.body.reset_password_token}`;
    expect((await app.inject(post(path, { password: renewed }))).body.msg).toBe('Password reset url expired');
    const unknown = await app.inject(post('/api/v2/auth/password/reset/nothing', { password: renewed }));
    expect(unknown.body.msg).toBe('Invalid reset url');
    await app.close();
  });

  test('forgot ends every session of the user and nobody else, and sends nothing without a mail server', async () => {
    const app = await startApp();
    const { jwt: bystander } = await app.signUp();
    const { jwt, cookie, otherCookie, token, email } = await someoneWithTwoDevices(app);
    const answer = await app.inject(post('/api/v1/auth/password/forgot', { email }));
    expect(answer.text).toBe('{"msg":"Please check your email to reset the password"}');
    expect(await status(app, bases({ jwt }))).toBe(401);
    for (const dead of [cookie, otherCookie]) expect(await status(app, refresh(dead))).toBe(400);
    expect(await status(app, bases({ token }))).toBe(200);
    expect(await status(app, bases({ jwt: bystander }))).toBe(200);
    expect(await status(app, post('/api/v2/auth/user/signin', { email, password }))).toBe(200);
    await app.close();
  });
});

/** A mail server that takes one mail after the other and keeps their text. */
async function startMailServer() {
  const mails: string[] = [];
  const server = createServer((socket) => {
    let text = '';
    let inMail = false;
    socket.on('error', () => socket.destroy());
    socket.write('220 test\r\n');
    socket.on('data', (piece) => {
      text += piece.toString();
      for (let end = text.indexOf('\r\n'); !inMail && end !== -1; end = text.indexOf('\r\n')) {
        const command = text.slice(0, end).toUpperCase();
        text = text.slice(end + 2);
        inMail = command === 'DATA';
        socket.write(inMail ? '354 go on\r\n' : command.startsWith('QUIT') ? '221 bye\r\n' : '250 fine\r\n');
      }
      const end = text.indexOf('\r\n.\r\n');
      if (!inMail || end === -1) return;
      mails.push(text.slice(0, end).replaceAll('=\r\n', '').replaceAll('=3D', '='));
      text = text.slice(end + 5);
      inMail = false;
      socket.write('250 taken\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { mails, port, close: () => new Promise((resolve) => server.close(resolve)) };
}

describe('forgotten password by mail', () => {
  test('the mailed link works once; unknown addresses get the same answer and no mail', async () => {
    const smtp = await startMailServer();
    const app = await startApp({
      env: {
        NC_SMTP_HOST: '127.0.0.1',
        NC_SMTP_PORT: String(smtp.port),
        NC_PUBLIC_URL: 'https://data.example.org',
      },
    });
    const { email } = await app.signUp();
    const forgot = (address: string) => app.inject(post('/api/v2/auth/password/forgot', { email: address }));
    const answers = [await forgot('nobody@example.org'), await forgot(email)];
    expect(new Set(answers.map((answer) => answer.status + answer.text)).size).toBe(1);
    await expect.poll(() => smtp.mails.length, { timeout: 10_000 }).toBe(1);
    const mail = smtp.mails[0] ?? '';
    expect(mail).toContain(email);
    const link = /https:\/\/data\.example\.org(\/auth\/password\/reset\/\S+)/.exec(mail)?.[1] ?? 'no link';
    expect((await app.inject({ method: 'GET', path: link })).status).toBe(200);
    expect(await status(app, post(link, { password: renewed }))).toBe(200);
    expect(await status(app, post(link, { password: renewed }))).toBe(400);
    expect(await status(app, post('/api/v2/auth/user/signin', { email, password: renewed }))).toBe(200);
    expect(app.logs.join('')).not.toContain(link.split('/').at(-1));
    await app.close();
    await smtp.close();
  });
});

describe('stored passwords', () => {
  test('a weaker hash is replaced at the next sign-in', async () => {
    const app = await startApp();
    const { email, userId } = await app.signUp();
    const stored = async () => (await app.core.stores.users.secrets(userId))?.passwordHash ?? '';
    expect(await stored()).toMatch(/^\$argon2id\$v=19\$/);
    const weak = await hash(password, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    await app.core.transaction((tx) => tx.users.update(userId, { passwordHash: weak }));
    expect(await status(app, post('/api/v2/auth/user/signin', { email, password }))).toBe(200);
    expect(await stored()).not.toBe(weak);
    const memory = Number(/m=(\d+)/.exec(await stored())?.[1]);
    expect(memory).toBeGreaterThanOrEqual(19_456);
    expect(await status(app, post('/api/v2/auth/user/signin', { email, password }))).toBe(200);
    await app.close();
  });
});

describe('profile', () => {
  test.each(['/api/v1/user/profile', '/api/v2/meta/user/profile'])('PATCH %s', async (path) => {
    const app = await startApp();
    const { jwt } = await app.signUp();
    const body = {
      display_name: 'Grace',
      meta: { theme: 'dark' },
      roles: 'x',
      password_hash: 'x',
      email: 'x@y.z',
    };
    const changed = await app.inject({ method: 'PATCH', path, jwt, body });
    expect(changed).toMatchObject({
      status: 200,
      body: { display_name: 'Grace', meta: { theme: 'dark' }, email: 'person1@example.org' },
    });
    expect(changed.text).not.toMatch(/argon2|token_version|hash|salt/);
    expect(await status(app, { method: 'PATCH', path, body })).toBe(401);
    expect(await status(app, { method: 'PATCH', path, jwt, body: { meta: 'text' } })).toBe(400);
    await app.close();
  });
});
