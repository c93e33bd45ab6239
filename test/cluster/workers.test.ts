import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTestDatabase, testEngine } from '../support/testEngine.ts';
import { findAcceptedDead, findUnclean } from './judge.ts';
import { startLoad } from './load.ts';
import { startServer } from './process.ts';

/** Processes whose parent is the given one. */
const childrenOf = (pid: number): number[] =>
  execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => (line.trim() === '' ? [] : [Number(line)]));

test('three workers share one port: no dead credential is accepted, no acknowledged write is lost', async () => {
  const database = testEngine === 'sqlite' ? undefined : await createTestDatabase(testEngine);
  const server = await startServer({
    ROWGATE_WORKERS: '3',
    ROWGATE_DB_CONNECTIONS: '6',
    ...(database === undefined ? {} : { NC_DB: database.url }),
  });
  await expect.poll(() => childrenOf(server.pid()).length).toBeGreaterThanOrEqual(3);
  const load = await startLoad({ urls: [server.url], people: 12, clients: 8, every: 400 });
  for (let round = 0; round < 4; round += 1) {
    await sleep(1500);
    const victim = childrenOf(server.pid())[round % 3];
    if (victim === undefined) continue;
    if (round % 2 === 0) process.kill(victim, 'SIGKILL');
    else {
      process.kill(victim, 'SIGSTOP');
      await sleep(700);
      process.kill(victim, 'SIGCONT');
    }
  }
  await load.stop();
  expect(load.deaths.length).toBeGreaterThan(15);
  expect(findAcceptedDead(load.answers, load.deaths)).toEqual([]);
  expect(findUnclean(load.answers)).toEqual([]);
  const names = await load.names(server.url);
  expect(load.kept.filter((name) => !names.has(name))).toEqual([]);
  expect(load.kept.length).toBeGreaterThan(100);
  expect(await server.stop()).toBe(0);
  await database?.drop();
});
