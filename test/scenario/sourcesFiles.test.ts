import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function openApp(env: Record<string, string> = {}): Promise<TestApp> {
  const app = await startApp({ env });
  ends.push(() => app.close());
  return app;
}

const tryConnection = (app: TestApp, jwt: string, config: unknown) =>
  app.inject({ method: 'POST', path: '/api/v2/meta/connection/test', jwt, body: config });

describe('SQLite files', () => {
  test('only those in the folder that is allowed, wherever a link leads', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rowgate-allowed-'));
    const outside = mkdtempSync(join(tmpdir(), 'rowgate-outside-'));
    ends.push(
      () => rmSync(folder, { recursive: true }),
      () => rmSync(outside, { recursive: true }),
    );
    for (const path of [join(folder, 'in.db'), join(outside, 'out.db')]) {
      const db = new Sqlite(path);
      db.exec('create table t (id integer primary key)');
      db.close();
    }
    symlinkSync(join(outside, 'out.db'), join(folder, 'link.db'));
    writeFileSync(join(folder, 'text.db'), 'no database, but long enough to be looked at as one'.repeat(40));
    const app = await openApp({ ROWGATE_SQLITE_SOURCES: folder });
    const { jwt } = await app.signUp();
    const code = async (filename: string) =>
      (await tryConnection(app, jwt, { client: 'sqlite3', connection: { filename } })).body.code;
    expect(await code('in.db')).toBe(0);
    expect(await code(join(folder, 'in.db'))).toBe(0);
    for (const bad of [
      'link.db',
      '../out.db',
      join(outside, 'out.db'),
      '/etc/passwd',
      'none.db',
      '.',
      'text.db',
    ])
      expect([bad, await code(bad)]).toEqual([bad, -1]);
  });

  test('none where no folder is named, and never the data of the instance', async () => {
    const app = await openApp();
    const { jwt } = await app.signUp();
    const answer = await tryConnection(app, jwt, { client: 'sqlite3', connection: { filename: 'x.db' } });
    expect(answer.body.message).toContain('ROWGATE_SQLITE_SOURCES');
    const folder = mkdtempSync(join(tmpdir(), 'rowgate-data-'));
    ends.push(() => rmSync(folder, { recursive: true, force: true }));
    const other = await startApp({ folder, env: { ROWGATE_SQLITE_SOURCES: folder } });
    ends.push(() => other.close());
    const db = new Sqlite(join(folder, 'mine.db'));
    db.exec('create table t (id integer primary key)');
    db.close();
    const { jwt: second } = await other.signUp();
    const own = await tryConnection(other, second, {
      client: 'sqlite3',
      connection: { filename: 'mine.db' },
    });
    expect(own.body.code).toBe(-1);
  });
});
