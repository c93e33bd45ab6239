import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { startApp } from '../support/app.ts';
import { databaseSetting, dropAppDatabase } from '../support/appDatabase.ts';

const root = join(import.meta.dirname, '..', '..');
const started: ChildProcess[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) {
    await dropAppDatabase(folder);
    await rm(folder, { recursive: true, force: true });
  }
});

interface Running {
  readonly url: string;
  readonly exit: Promise<number | null>;
  readonly child: ChildProcess;
}

/** A server in a process of its own, so that signals are real. */
async function startProcess(folder: string): Promise<Running> {
  const place = { ROWGATE_DATA: folder, ...(await databaseSetting(folder)) };
  const child = spawn(process.execPath, [join(root, 'server', 'main.ts'), 'start'], {
    env: { ...process.env, ...place, PORT: '0', ROWGATE_HOST: '127.0.0.1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  const exit = new Promise<number | null>((resolve) => child.on('exit', resolve));
  return new Promise((resolve, reject) => {
    let seen = '';
    child.stdout?.on('data', (chunk) => {
      seen += chunk;
      const match = /http:\/\/[^\s]+:\d+/.exec(seen);
      if (match !== null) resolve({ url: match[0], exit, child });
    });
    void exit.then((code) => reject(new Error(`the server ended with ${code}: ${seen}`)));
  });
}

async function post(
  url: string,
  path: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<Response> {
  return fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

async function prepare(url: string): Promise<{ auth: Record<string, string>; records: string }> {
  const person = { email: 'stop@example.org', password: 'a long enough password' };
  const { token } = (await (await post(url, '/api/v2/auth/user/signup', {}, person)).json()) as {
    token: string;
  };
  const auth = { 'xc-auth': token };
  const base = (await (await post(url, '/api/v2/meta/bases/', auth, { title: 'Stop' })).json()) as {
    id: string;
  };
  const columns = [{ title: 'Name', uidt: 'SingleLineText' }];
  const table = (await (
    await post(url, `/api/v2/meta/bases/${base.id}/tables`, auth, { title: 'Rows', columns })
  ).json()) as { id: string };
  return { auth, records: `/api/v2/tables/${table.id}/records` };
}

/** Writes without pause until the server is gone; answers the names it was told are kept. */
async function writeUntilGone(
  url: string,
  path: string,
  auth: Record<string, string>,
  who: number,
): Promise<string[]> {
  const kept: string[] = [];
  for (let i = 0; ; i += 1) {
    const name = `${who}-${i}`;
    try {
      const answer = await post(url, path, auth, { Name: name });
      if (answer.status !== 200) return kept;
      await answer.arrayBuffer();
      kept.push(name);
    } catch {
      return kept;
    }
  }
}

describe.each(['SIGTERM', 'SIGKILL'] as const)('the end by %s under load', (signal) => {
  test('loses no write that was answered', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rowgate-stop-'));
    folders.push(folder);
    const server = await startProcess(folder);
    const { auth, records } = await prepare(server.url);
    const writers = Array.from({ length: 8 }, (_, who) => writeUntilGone(server.url, records, auth, who));
    await new Promise((resolve) => setTimeout(resolve, 500));
    server.child.kill(signal);
    const kept = (await Promise.all(writers)).flat();
    const code = await server.exit;
    if (signal === 'SIGTERM') expect(code).toBe(0);
    expect(kept.length).toBeGreaterThan(0);

    const app = await startApp({ folder });
    const list = await app.inject({
      method: 'GET',
      path: `${records}/count`,
      jwt: auth['xc-auth'] ?? '',
    });
    expect(list.body.count).toBeGreaterThanOrEqual(kept.length);
    for (const name of [kept[0], kept.at(-1)]) {
      const found = await app.inject({
        method: 'GET',
        path: `${records}?where=${encodeURIComponent(`(Name,eq,${name})`)}`,
        jwt: auth['xc-auth'] ?? '',
      });
      expect(found.body.list).toHaveLength(1);
    }
    await app.close();
  });
});
