import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { expect, test } from 'vitest';
import { startEmbedded } from '../support/embeddedPostgres.ts';
import { testEngine } from '../support/testEngine.ts';
import { findAcceptedDead, findUnclean } from './judge.ts';
import { startLoad } from './load.ts';
import { startServer } from './process.ts';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// The server is one of our own, so that it may be restarted.
test.skipIf(testEngine !== 'postgres')('two instances outlive restarts of their database', async () => {
  const port = await freePort();
  const postgres = await startEmbedded(port);
  try {
    const url = `postgres://postgres:rowgate@127.0.0.1:${port}`;
    const client = new pg.Client({ connectionString: `${url}/postgres` });
    await client.connect();
    await client.query('create database cluster');
    await client.end();
    const settings = {
      NC_DB: `${url}/cluster`,
      NC_AUTH_JWT_SECRET: 'a secret of all instances of this test, long enough',
    };
    const servers = [await startServer(settings), await startServer(settings)];
    const load = await startLoad({ urls: servers.map((one) => one.url), people: 16, clients: 6, every: 300 });
    for (let times = 0; times < 3; times += 1) {
      await sleep(2000);
      await postgres.restart();
    }
    await sleep(2500);
    await load.stop();
    for (const server of servers) expect(server.isAlive(), server.output()).toBe(true);
    expect(findAcceptedDead(load.answers, load.deaths)).toEqual([]);
    expect(findUnclean(load.answers)).toEqual([]);
    expect(load.deaths.length).toBeGreaterThan(10);
    const names = await load.names(servers[0]?.url ?? '');
    expect(load.kept.filter((name) => !names.has(name))).toEqual([]);
    expect(load.answers.some(({ status }) => status === 503)).toBe(true);
    expect(load.answers.slice(-20).some(({ status }) => status === 200)).toBe(true);
    for (const server of servers) await server.stop();
  } finally {
    await postgres.stop();
  }
});
