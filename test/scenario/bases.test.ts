import { beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { type Ask, as, createBase, createTable, hostileTexts, ok, wires } from '../support/structure.ts';

let app: TestApp;
let admin: Ask;
let other: Ask;

beforeAll(async () => {
  app = await startApp();
  admin = as(app, (await app.signUp()).jwt);
  other = as(app, (await app.signUp()).jwt);
});

describe.each(wires)('bases of $wire', ({ bases, sources }) => {
  it('are created, read, changed and deleted', async () => {
    const made = await ok(admin('POST', bases, { title: ' Shop ', description: 'd', color: '#123456' }));
    expect(made).toMatchObject({
      title: 'Shop',
      description: 'd',
      color: '#123456',
      type: 'database',
      version: 2,
    });
    expect(made.prefix).toMatch(/^rg_[a-z0-9]{6}__$/);
    expect(made.sources).toHaveLength(1);
    expect(made.sources[0].config).toBeUndefined();
    expect(await ok(admin('GET', `${bases}/${made.id}`))).toEqual(made);
    expect(
      await ok(admin('PATCH', `${bases}/${made.id}`, { title: 'Store', meta: '{"a":1}', order: 7 })),
    ).toBe(1);
    const changed = await ok(admin('GET', `${bases}/${made.id}`));
    expect(changed).toMatchObject({ title: 'Store', meta: { a: 1 }, order: 7, description: 'd' });
    expect(await ok(admin('DELETE', `${bases}/${made.id}`))).toBe(true);
    const gone = await admin('GET', `${bases}/${made.id}`);
    expect(gone.status).toBe(404);
    expect(gone.body).toMatchObject({ error: 'ERR_BASE_NOT_FOUND', message: `Base '${made.id}' not found` });
    expect((await admin('DELETE', `${bases}/${made.id}`)).status).toBe(404);
  });

  it('are listed with meta as text, and titles may repeat', async () => {
    await ok(admin('POST', bases, { title: 'Twice' }));
    await ok(admin('POST', bases, { title: 'Twice' }));
    const { list, pageInfo } = await ok(admin('GET', `${bases}/`));
    expect(list.filter((base: { title: string }) => base.title === 'Twice').length).toBeGreaterThan(1);
    expect(typeof list[0].meta).toBe('string');
    expect(pageInfo).toEqual({
      totalRows: list.length,
      page: 1,
      pageSize: list.length,
      isFirstPage: true,
      isLastPage: true,
    });
  });

  it('show their sources', async () => {
    const base = await createBase(admin);
    const { list } = await ok(admin('GET', `${bases}/${base.id}/${sources}`));
    expect(list).toEqual(base.sources);
    expect(await ok(admin('GET', `${bases}/${base.id}/${sources}/${list[0].id}`))).toEqual(list[0]);
    const missing = await admin('GET', `${bases}/${base.id}/${sources}/b0`);
    expect([missing.status, missing.body.error]).toEqual([404, 'ERR_SOURCE_NOT_FOUND']);
    expect(await ok(admin('GET', `${bases}/${base.id}/info`))).toMatchObject({ RootDB: 'sqlite3' });
  });

  it.each([
    ['no title', {}],
    ['an empty title', { title: '' }],
    ['a long title', { title: 'x'.repeat(51) }],
    ['a title that is no text', { title: 5 }],
    ['a wrong colour', { title: 'a', color: 'red; DROP' }],
    ['meta that is no object', { title: 'a', meta: '[1]' }],
    ['a description with NUL', { title: 'a', description: 'a\u0000' }],
    ['a list', [{ title: 'a' }]],
  ])('refuse %s', async (_what, body) => {
    const before = await ok(admin('GET', bases));
    const answer = await admin('POST', bases, body);
    expect(answer.status).toBe(400);
    expect(answer.body.msg).toBeTruthy();
    expect(await ok(admin('GET', bases))).toEqual(before);
  });

  it.each(hostileTexts)('take %s as a title, or refuse it', async (_what, title, accepted) => {
    const answer = await admin('POST', bases, { title });
    expect(answer.status).toBe(accepted ? 200 : 400);
    if (accepted) expect((await ok(admin('GET', `${bases}/${answer.body.id}`))).title).toBe(title);
  });

  it('are closed to strangers, who may not create any either', async () => {
    const base = await createBase(admin);
    for (const [method, body] of [['GET'], ['PATCH', { title: 'x' }], ['DELETE']] as const) {
      const answer = await other(method, `${bases}/${base.id}`, body);
      expect([answer.status, answer.body.error]).toEqual([403, 'ERR_FORBIDDEN']);
    }
    expect((await ok(other('GET', bases))).list).toEqual([]);
    const refused = await other('POST', bases, { title: 'x' });
    expect(refused.status).toBe(403);
    expect(refused.body.message).toContain('"baseCreate"');
    expect((await app.inject({ method: 'GET', path: bases })).status).toBe(401);
  });
});

describe('a deleted base', () => {
  it('takes its tables and its tokens with it', async () => {
    const base = await createBase(admin, 'Short-lived');
    const table = await createTable(admin, base.id, 'T', []);
    const { token } = await ok(
      admin('POST', `/api/v1/db/meta/projects/${base.id}/api-tokens`, { description: 'bound' }),
    );
    const read = () => app.inject({ method: 'GET', path: `/api/v2/meta/tables/${table.id}`, token });
    expect((await read()).status).toBe(200);
    const own = await app.inject({ method: 'GET', path: '/api/v2/meta/bases', token });
    expect(own.body.list.map((each: { id: string }) => each.id)).toEqual([base.id]);
    await ok(admin('DELETE', `/api/v2/meta/bases/${base.id}`));
    expect((await read()).status).toBe(401);
    expect((await admin('GET', `/api/v2/meta/tables/${table.id}`)).status).toBe(404);
    expect((await admin('GET', `/api/v2/tables/${table.id}/records`)).status).toBe(404);
  });
});
