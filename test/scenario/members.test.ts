import { beforeAll, describe, expect, it } from 'vitest';
import { type BaseRole, baseRoles } from '../../vocabulary/roles.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { type Ask, as, createBase, createTable, ok, wires } from '../support/structure.ts';

let app: TestApp;
let admin: Ask;
let adminId: string;
type Person = Awaited<ReturnType<TestApp['signUp']>> & { ask: Ask };
const people = {} as Record<BaseRole | 'stranger', Person>;
let baseId: string;

const invite = (ask: Ask, base: string, email: string, roles: string) =>
  ask('POST', `/api/v2/meta/bases/${base}/users`, { email, roles });

beforeAll(async () => {
  app = await startApp();
  const first = await app.signUp();
  adminId = first.userId;
  admin = as(app, first.jwt);
  baseId = (await createBase(admin)).id;
  for (const role of [...baseRoles, 'stranger'] as const) {
    const person = await app.signUp(`${role}@example.org`);
    people[role] = { ...person, ask: as(app, person.jwt) };
    if (role !== 'stranger') await ok(invite(admin, baseId, person.email, role));
  }
});

/** What each role may do: the status it gets, strongest role first, then a stranger. */
const allowedTo = (weakest: BaseRole) => (role: BaseRole | 'stranger') =>
  role !== 'stranger' && role !== 'no-access' && baseRoles.indexOf(role) <= baseRoles.indexOf(weakest);

describe.each(wires)('who may do what, $wire', ({ wire, meta, bases }) => {
  const cases: [string, BaseRole, 'GET' | 'POST' | 'PATCH' | 'DELETE', (ids: Ids) => string, unknown?][] = [
    ['read the base', 'viewer', 'GET', () => `${bases}/${baseId}`],
    ['read what the server runs on', 'viewer', 'GET', () => `${bases}/${baseId}/info`],
    ['list tables', 'viewer', 'GET', () => `${bases}/${baseId}/tables`],
    ['read a table', 'viewer', 'GET', ({ table }) => `${meta}/tables/${table}`],
    ['read the hash', 'viewer', 'GET', ({ table }) => `${meta}/tables/${table}/columns/hash`],
    ['list views', 'viewer', 'GET', ({ table }) => `${meta}/tables/${table}/views`],
    ['read a column', 'viewer', 'GET', ({ column }) => `${meta}/columns/${column}`],
    ['list members', 'viewer', 'GET', () => `${bases}/${baseId}/users`],
    ['star the base', 'viewer', 'PATCH', () => `${bases}/${baseId}/user`, { starred: true }],
    ['change the base', 'creator', 'PATCH', () => `${bases}/${baseId}`, { color: '#111111' }],
    ['create a table', 'creator', 'POST', () => `${bases}/${baseId}/tables`, 'table'],
    ['change a table', 'creator', 'PATCH', ({ table }) => `${meta}/tables/${table}`, { description: 'x' }],
    ['move a table', 'creator', 'POST', ({ table }) => `${meta}/tables/${table}/reorder`, { order: 3 }],
    ['add a column', 'creator', 'POST', ({ table }) => `${meta}/tables/${table}/columns`, 'column'],
    [
      'change a column',
      'creator',
      'PATCH',
      ({ column }) => `${meta}/columns/${column}`,
      { description: 'y' },
    ],
    ['choose the display', 'creator', 'POST', ({ column }) => `${meta}/columns/${column}/primary`],
    ['delete a column', 'creator', 'DELETE', ({ spare }) => `${meta}/columns/${spare}`],
    ['delete a table', 'creator', 'DELETE', ({ table }) => `${meta}/tables/${table}`],
  ];
  interface Ids {
    table: string;
    column: string;
    spare: string;
  }
  let n = 0;
  const bodies: Record<string, () => unknown> = {
    table: () => ({ title: `Made ${wire} ${++n}`, columns: [] }),
    column: () => ({ title: `Made ${++n}`, uidt: 'Number' }),
  };

  it.each(cases)('%s: %s and above', async (what, weakest, method, path, body) => {
    for (const role of [...baseRoles, 'stranger'] as const) {
      const table = await createTable(admin, baseId, `${what} ${wire} ${role}`, [
        { title: 'A', uidt: 'Number' },
        { title: 'B', uidt: 'Number' },
      ]);
      const [column, spare] = table.columns.slice(-2).map((each: { id: string }) => each.id);
      const sent = typeof body === 'string' ? bodies[body]?.() : body;
      const answer = await people[role].ask(method, path({ table: table.id, column, spare }), sent);
      expect([role, answer.status]).toEqual([role, allowedTo(weakest)(role) ? 200 : 403]);
    }
  });

  it('delete the base: owners alone', async () => {
    for (const role of baseRoles) {
      const { id } = await createBase(admin);
      await ok(invite(admin, id, people[role].email, role));
      const answer = await people[role].ask('DELETE', `${bases}/${id}`);
      expect([role, answer.status]).toEqual([role, role === 'owner' ? 200 : 403]);
    }
  });

  it('invite up to the own role: creators and owners alone', async () => {
    for (const role of [...baseRoles, 'stranger'] as const) {
      for (const given of baseRoles) {
        const email = `new-${wire}-${role}-${given}@example.org`;
        const answer = await people[role].ask('POST', `${bases}/${baseId}/users`, { email, roles: given });
        const fine = role === 'owner' || (role === 'creator' && given !== 'owner');
        expect([role, given, answer.status]).toEqual([role, given, fine ? 200 : 403]);
      }
    }
  });
});

describe('members', () => {
  it('are listed with their roles; only a super admin sees who is none', async () => {
    const list = async (ask: Ask, query = '') =>
      (await ok(ask('GET', `/api/v2/meta/bases/${baseId}/users?limit=1000${query}`))).users.list;
    const seen = await list(people.viewer.ask);
    expect(seen.find((each: { id: string }) => each.id === people.editor.userId)).toMatchObject({
      email: people.editor.email,
      roles: 'editor',
      invite_token: null,
      base_id: baseId,
    });
    const emails = (rows: { email: string }[]) => rows.map((row) => row.email);
    expect(emails(seen)).not.toContain(people.stranger.email);
    const all = await list(admin);
    expect(all.find((each: { id: string }) => each.id === people.stranger.userId).roles).toBeNull();
    const members = await list(admin, '&members_only=true');
    expect(emails(members)).toEqual(emails(seen));
    expect(emails(await list(people.viewer.ask, '&query=PERSON1@'))).toEqual(['person1@example.org']);
    const page = await ok(people.viewer.ask('GET', `/api/v2/meta/bases/${baseId}/users?limit=2&offset=2`));
    expect(page.users.list).toHaveLength(2);
    expect(page.users.pageInfo).toMatchObject({ page: 2, pageSize: 2, isFirstPage: false });
  });

  it.each([
    ['no address', { roles: 'viewer' }, 400, /Email is required/],
    ['an empty address', { email: ' , ', roles: 'viewer' }, 400, /Email is required/],
    ['a bad address', { email: 'a@b.de,nobody', roles: 'viewer' }, 422, /Invalid email address : nobody/],
    ['SQL', { email: "' OR 1=1 --", roles: 'viewer' }, 422, /Invalid email address/],
    ['a lone surrogate', { email: 'a\ud800@b.de', roles: 'viewer' }, 422, /Invalid email address/],
    ['a NUL', { email: 'a\u0000@b.de', roles: 'viewer' }, 422, /Invalid email address/],
    [
      '10,000 characters',
      { email: `${'x'.repeat(10_000)}@b.de`, roles: 'viewer' },
      422,
      /Invalid email address/,
    ],
    ['an unknown role', { email: 'a@b.de', roles: 'god' }, 400, /Invalid request body/],
    ['no role', { email: 'a@b.de' }, 400, /Invalid request body/],
    ['a member', { email: 'VIEWER@example.org', roles: 'editor' }, 422, /with role viewer already exists/],
  ])('are not invited with %s', async (_what, body, status, text) => {
    const answer = await admin('POST', `/api/v2/meta/bases/${baseId}/users`, body);
    expect([answer.status, answer.body.msg]).toEqual([status, expect.stringMatching(text)]);
    const { users } = await ok(admin('GET', `/api/v2/meta/bases/${baseId}/users?query=a@b.de`));
    expect(users.list).toEqual([]);
  });

  it('who are new sign up with the token; a second invitation does not hand it out again', async () => {
    const { id } = await createBase(admin);
    const answer = await ok(invite(people.owner.ask, baseId, 'x@example.org,y@example.org', 'editor'));
    expect(answer.emails).toEqual(['x@example.org', 'y@example.org']);
    expect(answer.invitations).toHaveLength(2);
    expect(answer.invite_token).toBe(answer.invitations[0].invite_token);
    expect(await ok(invite(admin, id, 'x@example.org', 'viewer'))).toEqual({
      msg: 'The user has been invited successfully',
    });
    const signUp = (token: string) =>
      app.inject({
        method: 'POST',
        path: '/api/v2/auth/user/signup',
        body: { email: 'x@example.org', password: 'correct horse', token },
      });
    expect((await signUp(answer.invitations[1].invite_token)).status).toBe(400);
    const { token } = await ok(signUp(answer.invite_token));
    expect((await as(app, token)('GET', `/api/v2/meta/bases/${baseId}/tables`)).status).toBe(200);
    const resend = await admin(
      'POST',
      `/api/v2/meta/bases/${baseId}/users/${people.viewer.userId}/resend-invite`,
    );
    expect(resend.status).toBe(400);
  });

  it('change roles and leave at once', async () => {
    const { id } = await createBase(admin);
    const { ask, userId, email } = people.stranger;
    const member = `/api/v2/meta/bases/${id}/users/${userId}`;
    await ok(invite(admin, id, email, 'viewer'));
    expect((await ask('PATCH', `/api/v2/meta/bases/${id}`, { title: 'x' })).status).toBe(403);
    expect(await ok(admin('PATCH', member, { roles: 'creator' }))).toEqual({
      msg: 'The user has been updated successfully',
    });
    expect((await ask('PATCH', `/api/v2/meta/bases/${id}`, { title: 'x' })).status).toBe(200);
    const { token } = await ok(ask('POST', '/api/v1/tokens', { description: 't' }));
    const byToken = () => app.inject({ method: 'GET', path: `/api/v2/meta/bases/${id}`, token });
    expect((await byToken()).status).toBe(200);
    expect(await ok(admin('DELETE', member))).toEqual({ msg: 'The user has been deleted successfully' });
    expect((await byToken()).status).toBe(403);
    expect((await ask('GET', `/api/v2/meta/bases/${id}`)).status).toBe(403);
    expect((await admin('DELETE', member)).body.error).toBe('ERR_USER_NOT_FOUND');
    expect((await admin('PATCH', member, { roles: 'viewer' })).body).toMatchObject({
      error: 'ERR_USER_NOT_FOUND',
      message: `User with id '${userId}' not found`,
    });
  });

  it('keep an owner, and nobody reaches above the own role', async () => {
    const { id } = await createBase(admin);
    const users = `/api/v2/meta/bases/${id}/users`;
    const self = await admin('DELETE', `${users}/${adminId}`);
    expect([self.status, self.body.msg]).toEqual([422, "Admin can't delete themselves!"]);
    expect((await admin('PATCH', `${users}/${adminId}`, { roles: 'viewer' })).status).toBe(422);
    await ok(invite(admin, id, people.creator.email, 'creator'));
    await ok(invite(admin, id, people.viewer.email, 'viewer'));
    const { ask, userId } = people.creator;
    expect((await ask('PATCH', `${users}/${adminId}`, { roles: 'viewer' })).status).toBe(403);
    expect((await ask('DELETE', `${users}/${adminId}`)).status).toBe(403);
    expect((await ask('PATCH', `${users}/${userId}`, { roles: 'owner' })).status).toBe(403);
    expect((await ask('PATCH', `${users}/${people.viewer.userId}`, { roles: 'owner' })).status).toBe(403);
    await ok(admin('PATCH', `${users}/${userId}`, { roles: 'owner' }));
    await ok(admin('PATCH', `${users}/${adminId}`, { roles: 'viewer' }));
    expect((await admin('DELETE', `${users}/${userId}`)).status).toBe(422);
  });

  it('keep their own preferences', async () => {
    const path = `/api/v2/meta/bases/${baseId}/user`;
    expect(await ok(people.viewer.ask('PATCH', path, { starred: true, order: 2, hidden: false }))).toBe(true);
    const base = await app.core.snapshot.findBase(baseId);
    expect(base?.members.get(people.viewer.userId)).toMatchObject({
      starred: true,
      order: 2,
      role: 'viewer',
    });
    expect((await people.viewer.ask('PATCH', path, { starred: 'yes' })).status).toBe(400);
  });

  it('see their bases in their own order, others in theirs', async () => {
    const path = `/api/v2/meta/bases/${baseId}/user`;
    const orderOf = (answer: { list: { id: string; order: number }[] }) =>
      answer.list.find(({ id }) => id === baseId)?.order;
    const before = orderOf(await ok(admin('GET', '/api/v2/meta/bases/')));
    await ok(people.viewer.ask('PATCH', path, { order: -7.5 }));
    const own = await ok(people.viewer.ask('GET', '/api/v2/meta/bases/'));
    expect(orderOf(own)).toBe(-7.5);
    expect(own.list[0].id).toBe(baseId);
    expect(orderOf(await ok(admin('GET', '/api/v2/meta/bases/')))).toBe(before);
  });

  it('may be read with an API token, never changed', async () => {
    const { token } = await ok(admin('POST', '/api/v1/tokens', { description: 'reads' }));
    const users = `/api/v2/meta/bases/${baseId}/users`;
    const ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) =>
      app.inject({ method, path, token, ...(body === undefined ? {} : { body }) });
    expect((await ask('GET', users)).status).toBe(200);
    for (const [method, path, body] of [
      ['POST', users, { email: 'z@example.org', roles: 'viewer' }],
      ['PATCH', `${users}/${people.viewer.userId}`, { roles: 'editor' }],
      ['DELETE', `${users}/${people.viewer.userId}`],
      ['POST', `${users}/${people.viewer.userId}/resend-invite`],
      ['PATCH', `/api/v2/meta/bases/${baseId}/user`, { starred: true }],
    ] as const) {
      const answer = await ask(method, path, body);
      expect([answer.status, answer.body.error]).toEqual([401, 'ERR_API_TOKEN_NOT_ALLOWED']);
    }
  });

  it('of other bases learn nothing by ids', async () => {
    const { id } = await createBase(admin);
    const table = await createTable(admin, id, 'Secret', [{ title: 'A', uidt: 'Number' }]);
    const column = table.columns.at(-1).id;
    for (const path of [`tables/${table.id}`, `columns/${column}`, `views/${table.views[0].id}/columns`]) {
      const answer = await people.owner.ask('GET', `/api/v2/meta/${path}`);
      expect([path, answer.status]).toEqual([path, 403]);
      expect(answer.text).not.toContain('Secret');
    }
  });
});
