import { describe, expect, test } from 'vitest';
import { startApp, type TestApp, type TestRequest } from '../support/app.ts';

const paths = ['/api/v1/db/meta/projects', '/api/v2/meta/bases'];
const send = async (app: TestApp, request: TestRequest) => app.inject(request);
const makeBase = async (app: TestApp, jwt: string, title: string): Promise<string> =>
  (await app.inject({ method: 'POST', path: '/api/v2/meta/bases', jwt, body: { title } })).body.id;
const setRole = (
  app: TestApp,
  baseId: string,
  userId: string,
  role: 'creator' | 'editor' | 'owner',
): Promise<void> =>
  app.core.transaction(async (tx) => {
    const member = { userId, role, starred: false, order: null, hidden: false, createdAt: 0 };
    await tx.bases.setMember(baseId, member);
    tx.invalidate('base', baseId);
  });

describe('tokens of a base', () => {
  test.each(paths)(
    '%s/:baseId/api-tokens: bound to the base, listed there, deleted there',
    async (prefix) => {
      const app = await startApp({ env: { ROWGATE_TOKENS_PER_USER: '1' } });
      const { jwt } = await app.signUp();
      const [own, other] = [await makeBase(app, jwt, 'Own'), await makeBase(app, jwt, 'Other')];
      const path = `${prefix}/${own}/api-tokens`;
      const made = await send(app, { method: 'POST', path, jwt, body: { description: ' warehouse ' } });
      expect(made).toMatchObject({
        status: 200,
        body: { base_id: own, description: 'warehouse', expiry: null },
      });
      const second = await send(app, { method: 'POST', path, jwt, body: {} });
      expect(second.status).toBe(200); // a base can have many
      const { id, token } = made.body;
      const read = async (baseId: string) =>
        (await send(app, { method: 'GET', path: `/api/v2/meta/bases/${baseId}`, token })).status;
      expect(await read(own)).toBe(200);
      expect(await read(other)).toBe(404);
      expect(
        (await send(app, { method: 'POST', path: '/api/v2/meta/bases', token, body: { title: 'x' } })).status,
      ).toBe(403);
      const list = await send(app, { method: 'GET', path, jwt });
      expect(list.text).not.toContain(token);
      expect(list.body.list.map((row: { id: number }) => row.id).sort()).toEqual([id, second.body.id].sort());
      expect(
        (await send(app, { method: 'GET', path: `${prefix}/${other}/api-tokens`, jwt })).body.list,
      ).toEqual([]);
      expect((await send(app, { method: 'GET', path: '/api/v1/tokens', jwt })).body.list).toEqual([]);

      expect(
        (await send(app, { method: 'DELETE', path: `${prefix}/${other}/api-tokens/${id}`, jwt })).status,
      ).toBe(404);
      expect(await read(own)).toBe(200);
      expect(await send(app, { method: 'DELETE', path: `${path}/${id}`, jwt })).toMatchObject({
        status: 200,
        body: 1,
      });
      expect(await read(own)).toBe(401);
      expect((await send(app, { method: 'DELETE', path: `${path}/${id}`, jwt })).status).toBe(404);
      await app.close();
    },
  );

  test('creators and owners only, by session only', async () => {
    const app = await startApp();
    const { jwt: admin } = await app.signUp();
    const { jwt, userId } = await app.signUp();
    const baseId = await makeBase(app, admin, 'Base');
    const path = `/api/v2/meta/bases/${baseId}/api-tokens`;
    const create = (credential: Partial<TestRequest>) =>
      send(app, { method: 'POST', path, body: {}, ...credential });
    expect((await create({ jwt })).status).toBe(403);
    await setRole(app, baseId, userId, 'editor');
    expect((await create({ jwt })).status).toBe(403);
    await setRole(app, baseId, userId, 'creator');
    const made = await create({ jwt });
    expect(made.status).toBe(200);
    const { id, token } = made.body;
    expect((await create({ token })).body).toMatchObject({ error: 'ERR_API_TOKEN_NOT_ALLOWED' });
    expect((await send(app, { method: 'GET', path, token })).status).toBe(401);
    expect((await send(app, { method: 'DELETE', path: `${path}/${id}`, token })).status).toBe(401);

    // The token follows its owner's rights at once.
    const rename = () =>
      send(app, { method: 'PATCH', path: `/api/v2/meta/bases/${baseId}`, token, body: { title: 'Renamed' } });
    expect((await rename()).status).toBe(200);
    await setRole(app, baseId, userId, 'editor');
    expect((await rename()).status).toBe(403);
    await app.core.transaction(async (tx) => {
      await tx.bases.removeMember(baseId, userId);
      tx.invalidate('base', baseId);
    });
    expect((await send(app, { method: 'GET', path: `/api/v2/meta/bases/${baseId}`, token })).status).toBe(
      403,
    );
    await app.close();
  });
});
