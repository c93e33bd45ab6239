import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { runCommand } from '../../server/cli/index.ts';
import { migrations } from '../../server/db/migrations/migrate.ts';
import { startApp } from '../support/app.ts';
import { makeFolder } from '../support/folder.ts';
import { createTestDatabase, testEngine } from '../support/testEngine.ts';

/** An instance whose database is on a server: how it starts, and how it does not. */
describe.runIf(testEngine !== 'sqlite')('an instance on a database server', () => {
  const create = () => {
    if (testEngine === 'sqlite') throw new Error('this is about servers');
    return createTestDatabase(testEngine);
  };

  test('starts twice at once on an empty database: one makes the tables, both serve', async () => {
    const { url, drop } = await create();
    // as instances must: with one secret for all
    const env = { NC_DB: url, NC_AUTH_JWT_SECRET: 'one secret of both, long enough for a key' };
    const apps = await Promise.all([startApp({ env }), startApp({ env })]);
    const [first, second] = apps as [(typeof apps)[0], (typeof apps)[0]];
    const { jwt } = await first.signUp();
    const me = { method: 'GET', path: '/api/v2/auth/user/me', jwt } as const;
    expect((await first.inject(me)).status).toBe(200);
    expect((await second.inject({ method: 'GET', path: '/readyz' })).status).toBe(200);
    expect(first.core.settings.pageSizeDefault).toBe(25);
    for (const app of apps) await app.close();
    const again = await startApp({ env });
    expect(migrations.length).toBeGreaterThan(0);
    await again.close();
    await drop();
  });

  async function start(address: string): Promise<{ code: number; said: string }> {
    const folder = makeFolder();
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const env = { ROWGATE_DATA: folder.path, NC_DB: address, PORT: '0' };
    const code = await runCommand(['start'], env, { stdin: Readable.from(['']), stdout, stderr });
    folder.remove();
    return { code, said: `${stdout.read() ?? ''}${stderr.read() ?? ''}` };
  }

  test('does not start on a database that is not there, nor on a server that does not answer, and says which', async () => {
    const { url, name, drop } = await create();
    await drop();
    const missing = new URL(url);
    if (missing.password === '') missing.password = 'hush-hush';
    const absent = await start(missing.href);
    expect(absent.code).toBe(1);
    expect(absent.said).toContain(`/${name} cannot be used`);
    missing.port = '1';
    const deaf = await start(missing.href);
    expect(deaf.code).toBe(1);
    expect(deaf.said).toContain(`:1/${name} cannot be used`);
    expect(deaf.said).toContain('ECONNREFUSED');
    for (const { said } of [absent, deaf]) {
      expect(said).not.toContain(missing.password);
      expect(said).not.toMatch(/\n {4}at /);
    }
  });
});
