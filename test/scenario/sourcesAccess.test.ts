import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { findAppDatabase } from '../support/appDatabase.ts';
import { connectForeign, type ForeignDatabase, finishJob, openForeign } from '../support/foreign.ts';
import { testEngine } from '../support/testEngine.ts';
import { certificate, startTlsProxy } from '../support/tlsProxy.ts';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const password = 'hunter2-very-secret';

async function openApp(env: Record<string, string> = {}): Promise<TestApp> {
  const app = await startApp({ env });
  ends.push(() => app.close());
  return app;
}

async function openDatabase(): Promise<ForeignDatabase> {
  const foreign = await openForeign();
  ends.push(() => foreign.close());
  await foreign.run(
    "create table t (id integer primary key, name varchar(20)); insert into t values (1, 'x')",
  );
  return foreign;
}

const tryConnection = (app: TestApp, jwt: string, config: unknown) =>
  app.inject({ method: 'POST', path: '/api/v2/meta/connection/test', jwt, body: config });

/** Nowhere in answers or the log, neither as it is nor encoded. */
function expectSecret(app: TestApp, texts: readonly string[]): void {
  for (const text of [...texts, ...app.logs]) {
    expect(text).not.toContain(password);
    expect(text).not.toContain(Buffer.from(password).toString('base64'));
  }
}

const server = {
  client: 'pg',
  connection: { host: '127.0.0.1', port: 1, user: 'u', password, database: 'd' },
};

describe('testing a connection', () => {
  test('one that works, over both versions', async () => {
    const foreign = await openDatabase();
    const app = await openApp(foreign.env);
    const { jwt } = await app.signUp();
    for (const meta of ['/api/v1/db/meta', '/api/v2/meta']) {
      const path = `${meta}/connection/test`;
      const answer = await app.inject({ method: 'POST', path, jwt, body: foreign.config });
      expect(answer.body).toEqual({ code: 0, message: '', data: {} });
    }
    const path = '/api/v2/meta/connection/tables';
    const listed = await app.inject({ method: 'POST', path, jwt, body: foreign.config });
    expect(listed.body.tables).toEqual([{ name: 't', type: 'table', description: null, columns: 2 }]);
  });

  test.each(['pg', 'mysql2'])(
    '%s: a host that does not answer, a server that speaks another language',
    async (client) => {
      const app = await openApp();
      const { jwt } = await app.signUp();
      const closed = await tryConnection(app, jwt, { ...server, client });
      expect(closed.body.code).toBe(-1);
      expect(closed.body.message).toMatch(/^The database does not answer/);
      const unknown = await tryConnection(app, jwt, {
        client,
        connection: { ...server.connection, host: 'no-such-host.invalid' },
      });
      expect(unknown.body.message).toMatch(/^The database does not answer/);
      const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      ends.push(() => void other.close());
      const { port } = other.address() as { port: number };
      const odd = await tryConnection(app, jwt, { client, connection: { ...server.connection, port } });
      expect([odd.status, odd.body.code]).toEqual([200, -1]);
      expectSecret(app, [closed.text, unknown.text, odd.text]);
    },
  );

  test('wrong credentials and a missing database are told, their values are not', async () => {
    const foreign = await openDatabase();
    const app = await openApp(foreign.env);
    const { jwt } = await app.signUp();
    const wrong =
      testEngine === 'sqlite'
        ? [{ filename: 'no-such.db' }]
        : [
            { ...foreign.config.connection, database: 'no_such_database' },
            { ...foreign.config.connection, user: 'nobody_here', password },
          ];
    for (const connection of wrong) {
      const answer = await tryConnection(app, jwt, { client: foreign.config.client, connection });
      expect([answer.status, answer.body.code], answer.text).toEqual([200, -1]);
      expect(answer.body.message).toMatch(
        testEngine === 'sqlite' ? /no such file/ : /refuses user, password/,
      );
      expectSecret(app, [answer.text]);
    }
  });

  test.runIf(testEngine !== 'sqlite')(
    'what a server without TLS cannot give is refused when it is wanted',
    async () => {
      const foreign = await openDatabase();
      const app = await openApp();
      const { jwt } = await app.signUp();
      for (const ssl of [true, { rejectUnauthorized: false }]) {
        const connection = { ...foreign.config.connection, ssl };
        const answer = await tryConnection(app, jwt, { client: foreign.config.client, connection });
        expect(answer.body.message).toMatch(/^The database could not be reached over a secured connection/);
      }
    },
  );

  test.runIf(testEngine === 'postgres')('certificates are checked, unless nobody wants that', async () => {
    const foreign = await openDatabase();
    const { host, port } = foreign.config.connection as { host: string; port: number };
    const proxy = await startTlsProxy({ host, port });
    ends.push(() => proxy.close());
    const app = await openApp();
    const { jwt } = await app.signUp();
    const place = { ...foreign.config.connection, host: '127.0.0.1', port: proxy.port };
    const code = async (ssl: unknown) => {
      const config = { client: 'pg', connection: { ...place, ssl } };
      return (await tryConnection(app, jwt, config)).body;
    };
    expect((await code(true)).message).toMatch(
      /^The database could not be reached over a secured connection/,
    );
    expect((await code({ ca: 'no certificate' })).code).toBe(-1);
    expect((await code({ rejectUnauthorized: false })).code).toBe(0);
    expect(await code({ ca: certificate })).toEqual({ code: 0, message: '', data: {} });
    expect(proxy.secured()).toBeGreaterThan(1);
    const config = { client: 'pg', connection: { ...place, ssl: { ca: certificate } } };
    const other = await openApp();
    const { jwt: owner, tables } = await connectForeign(other, { config });
    const list = await other.inject({
      method: 'GET',
      path: `/api/v2/tables/${tables.t}/records`,
      jwt: owner,
    });
    expect(list.body.list).toEqual([{ id: 1, name: 'x' }]);
  });

  test('nonsense is a bad request', async () => {
    const app = await openApp();
    const { jwt } = await app.signUp();
    for (const body of [
      { client: 'oracle', connection: {} },
      { client: 'pg', connection: { host: '', user: 'u', database: 'd' } },
      { client: 'pg', connection: { ...server.connection, port: 70_000 } },
      { client: 'sqlite3', connection: {} },
      { client: 'pg' },
    ]) {
      const answer = await tryConnection(app, jwt, body);
      expect([200, 400]).toContain(answer.status);
      if (answer.status === 200) expect(answer.body.code).toBe(-1);
    }
  });
});

describe('who may connect databases', () => {
  test('creators of bases, nobody else', async () => {
    const foreign = await openDatabase();
    const app = await openApp(foreign.env);
    const owner = await connectForeign(app, foreign);
    const viewer = await app.signUp();
    const path = `/api/v2/meta/bases/${owner.baseId}`;
    await app.inject({
      method: 'POST',
      path: `${path}/users`,
      jwt: owner.jwt,
      body: { email: viewer.email, roles: 'editor' },
    });
    const asked = [
      { method: 'POST', path: '/api/v2/meta/connection/test', body: foreign.config },
      { method: 'POST', path: '/api/v2/meta/connection/tables', body: foreign.config },
      { method: 'POST', path: `${path}/sources`, body: { alias: 'x', config: foreign.config } },
      { method: 'PATCH', path: `${path}/sources/${owner.sourceId}`, body: { alias: 'x' } },
      { method: 'DELETE', path: `${path}/sources/${owner.sourceId}` },
      { method: 'GET', path: `${path}/meta-diff` },
      { method: 'POST', path: `${path}/meta-diff` },
    ] as const;
    for (const request of asked) {
      const answer = await app.inject({ ...request, jwt: viewer.jwt });
      expect([answer.status, answer.body.error], request.path).toEqual([403, 'ERR_FORBIDDEN']);
      expect((await app.inject(request)).status, request.path).toBe(401);
    }
    const made = await app.inject({ method: 'POST', path: '/api/v1/tokens', jwt: owner.jwt, body: {} });
    const token = made.body.token as string;
    expect((await app.inject({ method: 'GET', path: `${path}/meta-diff`, token })).status).toBe(401);
    expect((await app.inject({ method: 'GET', path: `${path}/sources`, token })).status).toBe(200);
  });

  test('nobody, where the instance says so', async () => {
    const app = await openApp({ ROWGATE_EXTERNAL_SOURCES: 'false' });
    const { jwt } = await app.signUp();
    const base = await app.inject({ method: 'POST', path: '/api/v2/meta/bases', jwt, body: { title: 'b' } });
    expect((await tryConnection(app, jwt, server)).status).toBe(403);
    const path = `/api/v2/meta/bases/${base.body.id}/sources`;
    const made = await app.inject({ method: 'POST', path, jwt, body: { alias: 'x', config: server } });
    expect(made.status).toBe(403);
  });
});

describe('secrets of a connection', () => {
  test('rest encrypted and are in no answer, job or log', async () => {
    const app = await openApp();
    const { jwt } = await app.signUp();
    const base = await app.inject({ method: 'POST', path: '/api/v2/meta/bases', jwt, body: { title: 'b' } });
    const path = `/api/v2/meta/bases/${base.body.id}/sources`;
    const asked = await app.inject({ method: 'POST', path, jwt, body: { alias: 'x', config: server } });
    await expect(finishJob(app, jwt, base.body.id, asked.body.id)).rejects.toThrow(/does not answer/);
    const job = await app.inject({
      method: 'GET',
      path: `/api/v2/jobs/${base.body.id}/${asked.body.id}`,
      jwt,
    });
    const audit = await app.core.stores.audit.list({ baseId: base.body.id, limit: 100, offset: 0 });
    expectSecret(app, [asked.text, job.text, JSON.stringify(audit)]);
  });

  test('of a connected source, too; each row has a text of its own', async () => {
    const foreign = await openDatabase();
    const app = await openApp(foreign.env);
    const one = await connectForeign(app, foreign);
    const base = await app.core.stores.bases.find(one.baseId);
    const sealed = base?.sources.find((source) => source.id === one.sourceId)?.external?.sealed ?? '';
    const place = String(foreign.config.connection.database ?? foreign.config.connection.filename);
    expect(sealed).not.toBe('');
    expect(sealed).not.toContain(place);
    expect(JSON.stringify(app.core.sources.open(one.sourceId, sealed))).toContain(place);
    expect(() => app.core.sources.open('b_another', sealed)).toThrow(/cannot be decrypted/);
    for (const path of [`/api/v2/meta/bases/${one.baseId}`, `/api/v2/meta/bases/${one.baseId}/sources`]) {
      const answer = await app.inject({ method: 'GET', path, jwt: one.jwt });
      expect(answer.text).not.toContain(place);
      expect(answer.text).not.toContain('sealed');
    }
  });
});

test.runIf(testEngine !== 'sqlite')('the database of an instance is never a source', async () => {
  const app = await openApp();
  const { jwt } = await app.signUp();
  const own = await findAppDatabase(app.folder);
  const settings = own?.address.settings as unknown as Record<string, unknown>;
  const body = {
    client: testEngine === 'postgres' ? 'pg' : 'mysql2',
    connection: { ...settings, ssl: false },
  };
  const listed = await app.inject({ method: 'POST', path: '/api/v2/meta/connection/tables', jwt, body });
  expect([listed.status, listed.body.msg ?? listed.body.message]).toEqual([
    400,
    expect.stringContaining('database of a Rowgate instance'),
  ]);
});
