import { describe, expect, test } from 'vitest';
import { startApp, type TestApp, type TestRequest } from '../support/app.ts';

const password = 'correct horse battery';
const bases = async (app: TestApp, credential: Partial<TestRequest>): Promise<number> =>
  (await app.inject({ method: 'GET', path: '/api/v2/meta/bases', ...credential })).status;
const patch = (app: TestApp, jwt: string, userId: string, body: unknown) =>
  app.inject({ method: 'PATCH', path: `/api/v1/users/${userId}`, jwt, body });

async function someone(app: TestApp) {
  const person = await app.signUp();
  const { body } = await app.inject({ method: 'POST', path: '/api/v1/tokens', jwt: person.jwt, body: {} });
  return { ...person, token: String(body.token), tokenId: Number(body.id) };
}

describe('users of the instance', () => {
  test('super admins list and search; nobody else', async () => {
    const app = await startApp();
    const { jwt, userId } = await app.signUp('first@example.org');
    const { jwt: viewer } = await app.signUp('second@example.org');
    const list = async (query: string) =>
      (await app.inject({ method: 'GET', path: `/api/v1/users${query}`, jwt })).body;
    expect(await list('')).toMatchObject({
      list: expect.arrayContaining([
        expect.objectContaining({ id: userId, email: 'first@example.org', roles: 'org-level-creator,super' }),
        expect.objectContaining({
          email: 'second@example.org',
          roles: 'org-level-viewer',
          invite_token: null,
        }),
      ]),
      pageInfo: { totalRows: 2 },
    });
    expect((await list('?query=SECOND')).list).toHaveLength(1);
    expect((await list('?limit=1&offset=1')).pageInfo).toMatchObject({
      totalRows: 2,
      pageSize: 1,
      isLastPage: true,
    });
    expect(JSON.stringify(await list(''))).not.toMatch(/argon2|hash|salt|token_version/);
    for (const path of ['/api/v1/users', '/api/v1/app-settings']) {
      expect((await app.inject({ method: 'GET', path, jwt: viewer })).status).toBe(403);
    }
    expect((await patch(app, viewer, userId, { roles: 'org-level-viewer' })).status).toBe(403);
    await app.close();
  });

  test('a role counts from the next request on', async () => {
    const app = await startApp();
    const { jwt } = await app.signUp();
    const person = await someone(app);
    const createBase = async () =>
      (
        await app.inject({
          method: 'POST',
          path: '/api/v2/meta/bases',
          token: person.token,
          body: { title: 'B' },
        })
      ).status;
    expect(await createBase()).toBe(403);
    const changed = await patch(app, jwt, person.userId, { roles: 'org-level-creator' });
    expect(changed).toMatchObject({ status: 200, body: { roles: 'org-level-creator' } });
    expect(await createBase()).toBe(200);
    await patch(app, jwt, person.userId, { roles: 'org-level-viewer' });
    expect(await createBase()).toBe(403);
    expect((await patch(app, jwt, person.userId, { roles: 'emperor' })).status).toBe(400);
    expect((await patch(app, jwt, 'usnobody', { roles: 'org-level-viewer' })).status).toBe(404);
    await app.close();
  });

  test('blocked: every credential is dead at once; unblocked: tokens live, sessions do not', async () => {
    const app = await startApp();
    const { jwt: admin } = await app.signUp();
    const { jwt, token, userId, email, cookie } = await someone(app);
    expect(await bases(app, { jwt })).toBe(200);
    expect(await bases(app, { token })).toBe(200);
    expect((await patch(app, admin, userId, { status: 'blocked' })).body).toMatchObject({ blocked: true });
    expect(await bases(app, { jwt })).toBe(401);
    expect(await bases(app, { token })).toBe(401);
    const refresh = () =>
      app.inject({ method: 'POST', path: '/api/v2/auth/token/refresh', headers: { cookie } });
    expect((await refresh()).status).toBe(400);
    const signIn = () =>
      app.inject({ method: 'POST', path: '/api/v2/auth/user/signin', body: { email, password } });
    expect(await signIn()).toMatchObject({ status: 400, text: '{"msg":"Invalid credentials"}' });
    expect((await patch(app, admin, userId, { status: 'active' })).body).toMatchObject({ blocked: false });
    expect(await bases(app, { token })).toBe(200);
    expect(await bases(app, { jwt })).toBe(401);
    expect((await refresh()).status).toBe(400);
    expect((await signIn()).status).toBe(200);
    await app.close();
  });

  test('deleted: nothing of the user is left', async () => {
    const app = await startApp();
    const { jwt: admin } = await app.signUp();
    const { jwt, token, tokenId, userId, cookie } = await someone(app);
    expect(await bases(app, { token })).toBe(200);
    const remove = () => app.inject({ method: 'DELETE', path: `/api/v1/users/${userId}`, jwt: admin });
    expect((await remove()).status).toBe(200);
    expect(await bases(app, { jwt })).toBe(401);
    expect(await bases(app, { token })).toBe(401);
    const refresh = await app.inject({
      method: 'POST',
      path: '/api/v2/auth/token/refresh',
      headers: { cookie },
    });
    expect(refresh.status).toBe(400);
    const { stores } = app.core;
    expect(await stores.tokens.find(tokenId)).toBeUndefined();
    expect(await stores.sessions.listOfUser(userId)).toEqual([]);
    expect(await stores.users.find(userId)).toBeUndefined();
    expect(await remove()).toMatchObject({ status: 404, body: { error: 'ERR_USER_NOT_FOUND' } });
    await app.close();
  });

  test('the last super admin stays', async () => {
    const app = await startApp();
    const { jwt, userId } = await app.signUp();
    const { userId: second } = await app.signUp();
    const acts = [
      () => patch(app, jwt, userId, { roles: 'org-level-viewer' }),
      () => patch(app, jwt, userId, { status: 'blocked' }),
      () => patch(app, jwt, userId, { roles: 'super', status: 'blocked' }),
      () => app.inject({ method: 'DELETE', path: `/api/v1/users/${userId}`, jwt }),
    ];
    for (const act of acts) {
      const answer = await act();
      expect(answer.status).toBe(422);
      expect(answer.body.msg).toMatch(
        /^The last super admin cannot be .*Make another user super admin first\.$/,
      );
    }
    expect(await bases(app, { jwt })).toBe(200);
    expect((await patch(app, jwt, second, { roles: 'super' })).status).toBe(200);
    expect((await patch(app, jwt, userId, { roles: 'org-level-viewer' })).status).toBe(200);
    await app.close();
  });
});

describe('two processes on one database', () => {
  test('what one ends is dead on the other at once, from a warm cache too', async () => {
    const here = await startApp();
    const there = await startApp({ folder: here.folder });
    const { jwt: admin } = await here.signUp();
    const person = await someone(here);
    const other = await someone(here);
    for (const app of [here, there]) {
      for (const credential of [{ jwt: person.jwt }, { token: person.token }, { token: other.token }]) {
        expect(await bases(app, credential)).toBe(200);
        expect(await bases(app, credential)).toBe(200);
      }
    }
    await here.inject({ method: 'DELETE', path: `/api/v1/tokens/${person.tokenId}`, jwt: person.jwt });
    expect(await bases(there, { token: person.token })).toBe(401);
    await here.inject({ method: 'POST', path: '/api/v2/auth/user/signout', jwt: person.jwt });
    expect(await bases(there, { jwt: person.jwt })).toBe(401);
    await patch(there, admin, other.userId, { status: 'blocked' });
    expect(await bases(here, { token: other.token })).toBe(401);
    await patch(here, admin, other.userId, { status: 'active' });
    expect(await bases(there, { token: other.token })).toBe(200);

    // A token made there is known here, although it was asked for and unknown a moment ago.
    const made = await there.inject({ method: 'POST', path: '/api/v1/tokens', jwt: admin, body: {} });
    expect(await bases(here, { token: made.body.token })).toBe(200);
    await there.close();
    await here.close();
  });

  test('both refresh with one cookie: one step, nobody signed out', async () => {
    const here = await startApp();
    const there = await startApp({ folder: here.folder });
    const { cookie, userId } = await here.signUp();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        (i % 2 === 0 ? here : there).inject({
          method: 'POST',
          path: '/api/v2/auth/token/refresh',
          headers: { cookie },
        }),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill(200));
    expect(new Set(answers.map((answer) => String(answer.headers['set-cookie']).split(';', 1)[0])).size).toBe(
      1,
    );
    expect((await here.core.stores.sessions.listOfUser(userId))[0]?.generation).toBe(1);
    await there.close();
    await here.close();
  });
});
