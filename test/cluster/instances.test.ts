import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type ServerEngine, type TestDatabase } from '../support/testEngine.ts';
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
const size = 3;
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

async function startCluster(engine: ServerEngine, withRedis: boolean): Promise<Cluster> {
  const database = await createTestDatabase(engine);
  undo.push(() => database.drop());
  const target = new URL(database.url);
  const ways: Way[] = [];
  const servers: ServerProcess[] = [];
  const redis = withRedis
    ? await startProxy({ host: redisUrl.hostname, port: Number(redisUrl.port) })
    : undefined;
  if (redis !== undefined) undo.push(redis.close);
  for (let index = 0; index < size; index += 1) {
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
    servers.push(server);
  }
  return { servers, ways, redis, database };
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

async function cutBus({ redis, database }: Cluster, engine: ServerEngine): Promise<void> {
  if (redis !== undefined) {
    redis.cut();
    await sleep(3000);
    redis.mend();
  } else if (engine === 'postgres') await killListeners(database, 3000);
}

/** Everything that can break, one after the other. */
async function breakThings(cluster: Cluster, engine: ServerEngine): Promise<void> {
  const [, second, third] = cluster.servers;
  await sleep(1500);
  await cutBus(cluster, engine);
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

describe.each([
  ['postgres', false],
  ['postgres', true],
  ['mysql', false],
  ['mysql', true],
] as const)('three instances on %s, with Redis: %s', (engine, withRedis) => {
  test('accept nothing dead, lose nothing acknowledged, refuse cleanly', async () => {
    const cluster = await startCluster(engine, withRedis);
    const urls = cluster.servers.map(({ url }) => url);
    const load = await startLoad({ urls, people: 30, clients: 8, every: 500 });
    await breakThings(cluster, engine);
    await load.stop();
    for (const server of cluster.servers) expect(server.isAlive(), server.output()).toBe(true);
    await judge(load, cluster);
  });
});
