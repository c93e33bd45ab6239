import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { openStream, type TestStream } from '../support/eventStream.ts';
import { createBase, finishedJob, sendFile } from '../support/importing.ts';

let app: TestApp;
let address: string;
let owner: { jwt: string; userId: string };
let baseId: string;
let tableId: string;
const open: TestStream[] = [];

beforeAll(async () => {
  app = await startApp();
  owner = await app.signUp();
  address = await app.listen();
});
beforeEach(async () => {
  baseId = await createBase(app, owner.jwt, 'Live');
  const columns = [{ title: 'Name', uidt: 'SingleLineText' }];
  tableId = (await send('POST', `/api/v2/meta/bases/${baseId}/tables`, { title: 'Notes', columns })).id;
});
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});

async function send(method: 'POST' | 'PATCH' | 'DELETE' | 'GET', path: string, body?: unknown, origin = '') {
  const headers = origin === '' ? {} : { 'xc-socket-id': origin };
  const answer = await app.inject({ method, path, jwt: owner.jwt, body, headers });
  if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
  return answer.body;
}

async function listen(options: { jwt?: string; token?: string; since?: string; base?: string } = {}) {
  const credential: Record<string, string> =
    options.token === undefined ? { 'xc-auth': options.jwt ?? owner.jwt } : { 'xc-token': options.token };
  const since = options.since === undefined ? '' : `?since=${options.since}`;
  const url = `${address}/api/v2/meta/bases/${options.base ?? baseId}/events${since}`;
  const stream = await openStream(url, credential);
  open.push(stream);
  return stream;
}

/** Listens and has been greeted. */
async function listening(options: Parameters<typeof listen>[0] = {}) {
  const stream = await listen(options);
  expect(await stream.next()).toMatchObject({ data: { kind: 'ready' } });
  return stream;
}

const records = () => `/api/v2/tables/${tableId}/records`;

async function member(role = 'editor') {
  const person = await app.signUp();
  await send('POST', `/api/v2/meta/bases/${baseId}/users`, { email: person.email, roles: role });
  return person;
}

describe('what is told', () => {
  it('writes of records, with keys, author and origin', async () => {
    const stream = await listening();
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(stream.headers.get('cache-control')).toBe('no-store');
    const about = { table_id: tableId, user_id: owner.userId, origin: 'tab-1' };
    await send('POST', records(), [{ Name: 'a' }, { Name: 'b' }], 'tab-1');
    expect((await stream.next())?.data).toEqual({ kind: 'insert', keys: ['1', '2'], ...about });
    await send('PATCH', records(), { Id: 1, Name: 'c' }, 'tab-1');
    expect((await stream.next())?.data).toEqual({ kind: 'update', keys: ['1'], ...about });
    await send('POST', `${records()}/2/move?before=1`, undefined, 'tab-1');
    expect((await stream.next())?.data).toEqual({ kind: 'update', keys: ['2'], ...about });
    await send('DELETE', records(), [{ Id: 2 }], 'tab-1');
    expect((await stream.next())?.data).toEqual({ kind: 'delete', keys: ['2'], ...about });
    await send('PATCH', `/api/v1/db/data/bulk/noco/${baseId}/${tableId}/all`, { Name: 'x' });
    expect((await stream.next())?.data).toMatchObject({ kind: 'bulk', keys: null, origin: null });
    await send(
      'POST',
      records(),
      Array.from({ length: 101 }, () => ({ Name: 'n' })),
    );
    expect((await stream.next())?.data).toMatchObject({ kind: 'insert', keys: null });
  });

  it('nothing of a write that was refused or changed nothing', async () => {
    const stream = await listening();
    await app.inject({ method: 'PATCH', path: records(), jwt: owner.jwt, body: { Id: 99, Name: 'x' } });
    await send('PATCH', `/api/v1/db/data/bulk/noco/${baseId}/${tableId}/all?where=(Id,eq,99)`, { Name: 'x' });
    await send('POST', records(), { Name: 'real' });
    expect((await stream.next())?.data).toMatchObject({ kind: 'insert' });
  });

  it('changes of the schema, of views and of members', async () => {
    const stream = await listening();
    await send('POST', `/api/v2/meta/tables/${tableId}/columns`, { title: 'Age', uidt: 'Number' }, 'me');
    expect((await stream.next())?.data).toMatchObject({ kind: 'schema', table_id: tableId, origin: 'me' });
    const view = await send('POST', `/api/v2/meta/tables/${tableId}/grids`, { title: 'Second' }, 'me');
    expect((await stream.next())?.data).toMatchObject({ kind: 'view', table_id: tableId, origin: 'me' });
    const { columns } = await send('GET', `/api/v2/meta/tables/${tableId}`);
    const sort = { fk_column_id: columns.at(-1).id, direction: 'desc' };
    await send('POST', `/api/v2/meta/views/${view.id}/sorts`, sort);
    expect((await stream.next())?.data).toMatchObject({ kind: 'view', table_id: tableId });
    await member();
    expect((await stream.next())?.data).toMatchObject({ kind: 'members', user_id: owner.userId });
  });

  it('an import, and nothing of other bases', async () => {
    const other = await createBase(app, owner.jwt, 'Other');
    const stream = await listening();
    const sent = await sendFile(app, owner.jwt, other, 'a\n1\n', 'title=T');
    await finishedJob(app, owner.jwt, sent.body.id);
    const into = await sendFile(app, owner.jwt, baseId, 'Name\nx\n', `tableId=${tableId}`);
    await finishedJob(app, owner.jwt, into.body.id);
    expect((await stream.next())?.data).toMatchObject({ kind: 'bulk', table_id: tableId });
  });

  it('commits of another process within a second or so', async () => {
    const other = await startApp({ folder: app.folder });
    const stream = await listening();
    await other.inject({ method: 'POST', path: records(), jwt: owner.jwt, body: { Name: 'far' } });
    expect((await stream.next())?.data).toMatchObject({ kind: 'unknown', table_id: null });
    const path = `/api/v2/meta/tables/${tableId}/columns`;
    await other.inject({ method: 'POST', path, jwt: owner.jwt, body: { title: 'Far', uidt: 'Number' } });
    expect((await stream.next())?.data).toMatchObject({ kind: 'schema', user_id: null });
    await other.close();
  });
});

describe('coming back', () => {
  it('brings what was missed, by parameter or header', async () => {
    const stream = await listening();
    await send('POST', records(), { Name: 'a' });
    const seen = await stream.next();
    stream.close();
    await send('POST', records(), { Name: 'b' });
    await send('POST', records(), { Name: 'c' });
    const back = await listen({ since: seen?.id ?? '' });
    expect((await back.next())?.data).toMatchObject({ kind: 'insert', keys: ['2'] });
    const last = await back.next();
    expect(last?.data).toMatchObject({ keys: ['3'] });
    expect(await back.next()).toEqual({ id: last?.id, data: { kind: 'ready' } });
    const byHeader = await openStream(`${address}/api/v2/meta/bases/${baseId}/events`, {
      'xc-auth': owner.jwt,
      'last-event-id': last?.id ?? '',
    });
    open.push(byHeader);
    expect((await byHeader.next())?.data).toEqual({ kind: 'ready' });
  });

  it.each(['nonsense', 'abc-1', '', '-', 'a-b-c'])('after %j everything is read again', async (since) => {
    const stream = await listen({ since });
    expect((await stream.next())?.data).toEqual({ kind: since === '' ? 'ready' : 'reset' });
  });

  it('after more events than are kept, too', async () => {
    const stream = await listening();
    await send('POST', records(), { Name: 'a' });
    const first = await stream.next();
    const change = { kind: 'bulk', tableId, keys: null, userId: null, origin: null } as const;
    for (let n = 0; n < 1000; n += 1) app.core.events.publish(baseId, change);
    const exactly = await listen({ since: first?.id ?? '' });
    for (let n = 0; n < 1000; n += 1) expect((await exactly.next())?.data.kind).toBe('bulk');
    app.core.events.publish(baseId, change);
    expect((await (await listen({ since: first?.id ?? '' })).next())?.data.kind).toBe('reset');
  });
});

describe('who may listen', () => {
  it('members and their tokens; nobody else', async () => {
    const outsider = await app.signUp();
    expect((await listen({ jwt: outsider.jwt })).status).toBe(403);
    expect((await listen({ base: 'p404' })).status).toBe(404);
    const viewer = await member('viewer');
    await listening({ jwt: viewer.jwt });
    const path = `/api/v2/meta/bases/${baseId}/events`;
    expect((await app.inject({ method: 'GET', path })).status).toBe(401);
  });

  it.each([
    [
      'is signed out',
      (p: Person) => app.inject({ method: 'POST', path: '/api/v2/auth/user/signout', jwt: p.jwt }),
    ],
    ['is removed', (p: Person) => send('DELETE', `/api/v2/meta/bases/${baseId}/users/${p.userId}`)],
    [
      'loses the role',
      (p: Person) => send('PATCH', `/api/v2/meta/bases/${baseId}/users/${p.userId}`, { roles: 'no-access' }),
    ],
    ['is blocked', (p: Person) => send('PATCH', `/api/v1/users/${p.userId}`, { status: 'blocked' })],
    ['is deleted', (p: Person) => send('DELETE', `/api/v1/users/${p.userId}`)],
  ])('the stream of who %s ends', async (_what, act) => {
    const person = await member();
    const stream = await listening({ jwt: person.jwt });
    await act(person);
    for (let event = await stream.next(); event !== undefined; event = await stream.next()) {
      expect(event.data.kind).toBe('members'); // that of one's own removal may still arrive
    }
  });

  it('a deleted token ends its stream, also when another process deletes it', async () => {
    const make = () => send('POST', '/api/v1/tokens', { description: 'live' });
    const here = await make();
    const stream = await listening({ token: here.token });
    await app.inject({ method: 'DELETE', path: `/api/v1/tokens/${here.id}`, jwt: owner.jwt });
    expect(await stream.next()).toBeUndefined();
    const far = await make();
    const second = await listening({ token: far.token });
    const other = await startApp({ folder: app.folder });
    await other.inject({ method: 'DELETE', path: `/api/v1/tokens/${far.id}`, jwt: owner.jwt });
    const last = await second.next();
    expect(last === undefined || last.data.kind === 'unknown').toBe(true);
    if (last !== undefined) expect(await second.next()).toBeUndefined();
    await other.close();
  });

  it('a weaker role that still may listen keeps the stream', async () => {
    const person = await member('editor');
    const stream = await listening({ jwt: person.jwt });
    await send('PATCH', `/api/v2/meta/bases/${baseId}/users/${person.userId}`, { roles: 'viewer' });
    expect((await stream.next())?.data.kind).toBe('members');
    await send('POST', records(), { Name: 'a' });
    expect((await stream.next())?.data.kind).toBe('insert');
  });

  it('the stream of a deleted base ends', async () => {
    const stream = await listening();
    await send('DELETE', `/api/v2/meta/bases/${baseId}`);
    expect((await stream.next())?.data.kind).toBe('schema');
    expect(await stream.next()).toBeUndefined();
  });
});

type Person = Awaited<ReturnType<TestApp['signUp']>>;

describe('bounds', () => {
  it('a user may hold fifty streams, and another one once a place is free', async () => {
    const person = await member();
    const streams = [];
    for (let n = 0; n < 50; n += 1) streams.push(await listening({ jwt: person.jwt }));
    expect((await listen({ jwt: person.jwt })).status).toBe(429);
    streams[0]?.close();
    for (;;) {
      const again = await listen({ jwt: person.jwt });
      if (again.status === 200) break;
      await wait(10);
    }
  });

  it('a client that does not read is dropped, and others go on', async () => {
    const { hostname, port } = new URL(address);
    const idle = connect(Number(port), hostname);
    const closed = new Promise((resolve) => idle.once('close', resolve));
    idle.on('error', () => undefined);
    const reading = new Promise((resolve) => idle.once('readable', resolve));
    idle.write(
      `GET /api/v2/meta/bases/${baseId}/events HTTP/1.1\r\nhost: x\r\nxc-auth: ${owner.jwt}\r\n\r\n`,
    );
    await reading;
    const stream = await listening();
    const key = 'k'.repeat(4000);
    const before = process.memoryUsage().rss;
    for (let n = 0; n < 10_000; n += 1) {
      app.core.events.publish(baseId, { kind: 'update', tableId, keys: [key], userId: null, origin: null });
      if (n % 20 === 0) await stream.next();
      else if (n % 20 < 19) await stream.next();
      else await Promise.all([stream.next(), wait(0)]);
    }
    idle.resume();
    await closed;
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  });

  it('a server that stops ends streams and takes no new ones', async () => {
    const own = await startApp();
    const person = await own.signUp();
    const base = await createBase(own, person.jwt);
    const url = `${await own.listen()}/api/v2/meta/bases/${base}/events`;
    const stream = await openStream(url, { 'xc-auth': person.jwt });
    expect((await stream.next())?.data.kind).toBe('ready');
    const { hostname, port } = new URL(url);
    const unused = connect(Number(port), hostname); // as browsers make in advance
    unused.on('error', () => undefined);
    await new Promise((resolve) => unused.once('connect', resolve));
    await own.close();
    expect(await stream.next()).toBeUndefined();
  });
});
