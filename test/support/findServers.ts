import { randomBytes } from 'node:crypto';
import { type AddressInfo, createServer } from 'node:net';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';

/** Which database servers this run of the tests can use. Read by vitest.config.ts, before any test. */

export interface FoundServer {
  readonly engine: 'postgres' | 'mysql';
  /** Environment of its tests. */
  readonly env: Readonly<Record<string, string>>;
}

interface Place {
  readonly engine: FoundServer['engine'];
  readonly setting: string;
  readonly fallback: string;
}

const places: readonly Place[] = [
  { engine: 'postgres', setting: 'ROWGATE_TEST_POSTGRES', fallback: 'postgres://postgres@127.0.0.1:5432' },
  { engine: 'mysql', setting: 'ROWGATE_TEST_MYSQL', fallback: 'mysql://root@127.0.0.1:3306' },
];

/** Milliseconds until a server counts as absent. */
const patience = 5000;

const signIns: Readonly<Record<FoundServer['engine'], (url: URL) => Promise<unknown>>> = {
  async postgres(url) {
    const client = new pg.Client({
      connectionString: new URL('/postgres', url).href,
      connectionTimeoutMillis: patience,
    });
    await client.connect();
    await client.end();
  },
  async mysql(url) {
    const [host, port, user] = [url.hostname, Number(url.port), decodeURIComponent(url.username)];
    const password = decodeURIComponent(url.password);
    const client = await createConnection({ host, port, user, password, connectTimeout: patience });
    await client.end();
  },
};

/** Why a server cannot be used; undefined when it can. */
const problemOf = ({ engine }: Place, url: URL): Promise<string | undefined> =>
  signIns[engine](url).then(
    () => undefined,
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
  );

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** The PostgreSQL of the development dependencies, which globalServers.ts starts on this port. */
async function embedded(place: Place): Promise<FoundServer> {
  const port = await freePort();
  process.env.ROWGATE_TEST_EMBEDDED_PORT = String(port);
  return { engine: 'postgres', env: { [place.setting]: `postgres://postgres:rowgate@127.0.0.1:${port}` } };
}

async function find(place: Place): Promise<FoundServer | undefined> {
  const url = process.env[place.setting] ?? place.fallback;
  if (url === 'embedded') return embedded(place);
  const problem = await problemOf(place, new URL(url));
  if (problem === undefined) return { engine: place.engine, env: { [place.setting]: url } };
  if (place.engine === 'postgres' && process.env[place.setting] === undefined) return embedded(place);
  const message = `no ${place.engine} server at ${new URL(url).host} (${place.setting}: ${problem})`;
  if (process.env.ROWGATE_TEST_ENGINES === 'required' || process.env[place.setting] !== undefined)
    throw new Error(`There is ${message}.`);
  process.stderr.write(`SKIPPED: the tests on ${place.engine}: ${message}\n`);
  return undefined;
}

const wanted = (process.env.ENGINES ?? 'sqlite,postgres,mysql').split(',');

/** Whether a run is about an engine: `ENGINES` names them, all unless it is set. */
export const isWanted = (engine: string): boolean => wanted.includes(engine);

/** The wanted servers that are there. With ROWGATE_TEST_ENGINES=required a missing one is an error. */
export async function findServers(): Promise<FoundServer[]> {
  process.env.ROWGATE_TEST_RUN ??= randomBytes(4).toString('hex');
  const found: FoundServer[] = [];
  for (const place of places) {
    const server = isWanted(place.engine) ? await find(place) : undefined;
    if (server !== undefined) found.push(server);
  }
  return found;
}
