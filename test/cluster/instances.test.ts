import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { openStream } from '../support/eventStream.ts';
import {
  createTestDatabase,
  type ServerEngine,
  type TestDatabase,
  testEngine,
} from '../support/testEngine.ts';
import { findAcceptedDead, findUnclean } from './judge.ts';
import { type Load, startLoad } from './load.ts';
import { type ServerProcess, startServer } from './process.ts';
import { startProxy, type Way } from './proxy.ts';

/**
 * Three real servers on one database, under load, while credentials die and
 * everything that can break does. Whatever happens: nothing dead is accepted,
 * nothing acknowledged is lost, every refusal is a clean one.
 */

interface Cluster {
  readonly servers: readonly ServerProcess[];
  /** The way of each server to the database. */
  readonly ways: readonly Way[];
  readonly redis: Way | undefined;
  readonly database: TestDatabase;
}

const redisUrl = new URL(process.env.ROWGATE_TEST_REDIS ?? 'redis://127.0.0.1:6379');
// Processes on the embedded database are tested in workers.test.ts.
const onServer = testEngine !== 'sqlite';
const engine = testEngine as ServerEngine;
const undo: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** The address of the database through a proxy. */
function through(proxy: Way, url: string): string {
  const address = new URL(url);
  address.port = String(proxy.port);
  return address.href;
}

async function startCluster(withRedis: boolean, servers = 3): Promise<Cluster> {
  const database = await createTestDatabase(engine);
  undo.push(() => database.drop());
  const target = new URL(database.url);
  const ways: Way[] = [];
  const started: ServerProcess[] = [];
  const redis = withRedis
    ? await startProxy({ host: redisUrl.hostname, port: Number(redisUrl.port) })
    : undefined;
  if (redis !== undefined) undo.push(redis.close);
  for (let index = 0; index < servers; index += 1) {
    const way = await startProxy({ host: target.hostname, port: Number(target.port) });
    undo.push(way.close);
    ways.push(way);
    const server = await startServer({
      ROWGATE_DB_CONNECTIONS: '6',
      NC_DB: through(way, database.url),
      NC_AUTH_JWT_SECRET: 'a secret of all instances of this test, long enough',
      ROWGATE_TOKEN_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
      ...(redis === undefined ? {} : { NC_REDIS_URL: `redis://127.0.0.1:${redis.port}` }),
    });
    undo.push(server.stop);
    started.push(server);
  }
  return { servers: started, ways, redis, database };
}

/** Ends the connections that listen, again and again. */
async function killListeners(database: TestDatabase, milliseconds: number): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    await client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rowgate bus' and datname = current_database()",
    );
    await sleep(30);
  }
  await client.end();
}

async function cutBus({ redis, database }: Cluster): Promise<void> {
  if (redis !== undefined) {
    redis.cut();
    await sleep(3000);
    redis.mend();
  } else if (engine === 'postgres') await killListeners(database, 3000);
}

/** Everything that can break, one after the other. */
async function breakThings(cluster: Cluster): Promise<void> {
  const [, second, third] = cluster.servers;
  await sleep(1500);
  await cutBus(cluster);
  second?.pause();
  await sleep(5000); // longer than a lease
  second?.resume();
  await sleep(500);
  cluster.ways[2]?.delay(500);
  await sleep(3000);
  cluster.ways[2]?.mend();
  await third?.kill();
  await sleep(500);
  await third?.startAgain();
  for (const way of cluster.ways) way.cut(); // as a database that is started again
  await sleep(1500);
  for (const way of cluster.ways) way.mend();
  await sleep(500);
  cluster.ways[0]?.cut(); // one instance loses the database, the others do not
  await sleep(3500);
  cluster.ways[0]?.mend();
  await sleep(1500);
}

async function judge(load: Load, cluster: Cluster): Promise<void> {
  expect(findAcceptedDead(load.answers, load.deaths)).toEqual([]);
  expect(findUnclean(load.answers)).toEqual([]);
  expect(load.deaths.length).toBeGreaterThan(20);
  expect(new Set(load.deaths.map(({ by }) => by)).size).toBeGreaterThan(3);
  const names = await load.names(cluster.servers[1]?.url ?? '');
  expect(load.kept.filter((name) => !names.has(name))).toEqual([]);
  expect(load.kept.length).toBeGreaterThan(100);
}

/** Whether a Redis answers; a run that demands every server demands it too. */
async function hasRedis(): Promise<boolean> {
  if (process.env.ROWGATE_TEST_ENGINES === 'required') return true;
  const socket = connect({ host: redisUrl.hostname, port: Number(redisUrl.port || 6379) });
  const found = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  socket.destroy();
  return found;
}

describe.skipIf(!onServer).each([
  ['without Redis', onServer, false],
  ['with Redis', onServer && (await hasRedis()), true],
] as const)('three instances on a database server, %s', (_, isThere, withRedis) => {
  test.skipIf(!isThere)('accept nothing dead, lose nothing acknowledged, refuse cleanly', async () => {
    const cluster = await startCluster(withRedis);
    const urls = cluster.servers.map(({ url }) => url);
    const load = await startLoad({ urls, people: 30, clients: 8, every: 500 });
    await breakThings(cluster);
    await load.stop();
    for (const server of cluster.servers) expect(server.isAlive(), server.output()).toBe(true);
    await judge(load, cluster);
  });
});

describe.skipIf(!onServer)('two instances agree', () => {
  const json = async (url: string, method: string, headers: Record<string, string>, body?: unknown) => {
    const answer = await fetch(url, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
    const parsed: any = text === '' ? undefined : JSON.parse(text);
    return { status: answer.status, body: parsed, headers: answer.headers };
  };

  test('on sessions, schema, settings, members and what others write', async () => {
    const { servers } = await startCluster(false, 2);
    const [one, two] = servers.map(({ url }) => url) as [string, string];
    const person = { email: 'owner@example.org', password: 'correct horse battery' };
    const signedUp = await json(`${one}/api/v2/auth/user/signup`, 'POST', {}, person);
    const auth = { 'xc-auth': String(signedUp.body.token) };

    // a refresh cookie of one is good at the other, and turned there
    const cookie = String(signedUp.headers.get('set-cookie')).split(';', 1)[0] ?? '';
    const refreshed = await json(`${two}/api/v2/auth/token/refresh`, 'POST', {
      cookie,
      'sec-fetch-site': 'same-origin',
    });
    expect(refreshed.status).toBe(200);
    expect(
      (await json(`${one}/api/v2/auth/user/me`, 'GET', { 'xc-auth': refreshed.body.token })).status,
    ).toBe(200);

    // what is made at one is known to the other when the call returns
    const base = (await json(`${one}/api/v2/meta/bases/`, 'POST', auth, { title: 'Shared' })).body;
    const columns = [{ title: 'Name', uidt: 'SingleLineText' }];
    const table = (
      await json(`${two}/api/v2/meta/bases/${base.id}/tables`, 'POST', auth, { title: 'Rows', columns })
    ).body;
    const records = (url: string): string => `${url}/api/v2/tables/${table.id}/records`;
    for (let n = 0; n < 10; n += 1) {
      const [by, other] = n % 2 === 0 ? [one, two] : [two, one];
      await json(`${by}/api/v2/meta/tables/${table.id}/columns`, 'POST', auth, {
        title: `C${n}`,
        uidt: 'Number',
      });
      const written = await json(records(other), 'POST', auth, { Name: `n${n}`, [`C${n}`]: n });
      expect(written.status).toBe(200);
      const read = await json(`${records(by)}?where=(C${n},eq,${n})`, 'GET', auth);
      expect(read.body.list).toHaveLength(1);
    }

    // a setting holds everywhere at once
    await json(`${one}/api/v1/app-settings`, 'POST', auth, { invite_only_signup: true });
    const refused = await json(
      `${two}/api/v2/auth/user/signup`,
      'POST',
      {},
      { ...person, email: 'b@example.org' },
    );
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.status).toBeLessThan(500);

    // somebody who watches at one sees what is written at the other
    const stream = await openStream(`${one}/api/v2/meta/bases/${base.id}/events`, auth);
    expect(stream.status).toBe(200);
    await sleep(1500); // both have seen that the other lives
    await json(records(two), 'POST', auth, { Name: 'from the other side' });
    const event = await Promise.race([stream.next(), sleep(10_000)]);
    expect(event).toMatchObject({ data: expect.anything() });
    stream.close();
  });

  test('or the second refuses to start', async () => {
    const { ways, database } = await startCluster(false, 1);
    await sleep(1200); // the first has kept what it signs with, and lives
    const start = startServer({
      NC_DB: through(ways[0] as Way, database.url),
      NC_AUTH_JWT_SECRET: 'quite another secret that is long enough for this',
    });
    await expect(start).rejects.toThrow('NC_AUTH_JWT_SECRET');
  });
});
