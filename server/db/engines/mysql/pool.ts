import { setTimeout } from 'node:timers/promises';
import mysql, { type Pool, type PoolConnection, type ResultSetHeader, type SslOptions } from 'mysql2';
import { AppError } from '../../../core/errors.ts';
import type { Sql } from '../../engine.ts';
import type { ServerSettings } from '../serverSettings.ts';
import { isConnectionLoss, isFull, unreachable } from './errno.ts';
import { recogniseServer, type Server, setUpSession } from './server.ts';

// The package is CommonJS: these two are found at run time only.
const { createPool, TypedParameter } = mysql;

export type Answer = unknown[][] | Record<string, unknown>[] | ResultSetHeader;

/** One connection, set up and ready. */
export interface Connection {
  /** @param arrays rows as arrays, otherwise as objects */
  run(sql: Sql, arrays: boolean): Promise<Answer>;
  /** A statement without parameters that cannot be prepared. */
  command(text: string): Promise<Answer>;
  /** Gives it back, or ends it when it is broken. */
  release(): void;
  /** Ends it; to be released all the same. */
  destroy(): void;
}

export interface Connections {
  acquire(): Promise<Connection>;
  /** Borrows a connection for the time of the work. */
  use<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A statement longer than this will hardly come a second time. */
const longestKept = 20_000;
const keptStatements = 200;
/** Milliseconds for a new connection, also from a server that has none left. */
const connectTimeout = 10_000;
const fullPause = 100;

/** Whole numbers are bound as such: a double would compare inexactly and cannot be a limit. */
function toParameter(value: unknown): unknown {
  if (typeof value === 'bigint' || Number.isSafeInteger(value))
    return TypedParameter.LONGLONG(value as bigint);
  return typeof value === 'boolean' ? Number(value) : value;
}

const bytesOf = (value: unknown): number => (typeof value === 'string' ? Buffer.byteLength(value) : 16);

function requireRoom({ text, params }: Sql, largestPacket: number): void {
  const bytes = params.reduce<number>((sum, value) => sum + bytesOf(value), Buffer.byteLength(text));
  if (bytes < largestPacket) return;
  throw new AppError(
    'PAYLOAD_TOO_LARGE',
    `The database takes at most ${largestPacket} bytes in one statement; nothing was written. Send less at once.`,
  );
}

function wrap(connection: PoolConnection, largestPacket = Number.POSITIVE_INFINITY): Connection {
  let broken = false;
  const settle =
    (resolve: (answer: Answer) => void, reject: (error: unknown) => void) =>
    (error: unknown, answer: unknown): void => {
      if (error !== null && isConnectionLoss(error)) broken = true;
      if (error === null) resolve(answer as Answer);
      else reject(error);
    };
  return {
    run: ({ text, params }, arrays) =>
      new Promise((resolve, reject) => {
        requireRoom({ text, params }, largestPacket);
        const values = params.map(toParameter) as string[];
        connection.execute({ sql: text, rowsAsArray: arrays }, values, settle(resolve, reject));
        if (text.length > longestKept) connection.unprepare(text);
      }),
    command: (text) =>
      new Promise((resolve, reject) => {
        connection.query({ sql: text, rowsAsArray: true }, settle(resolve, reject));
      }),
    release: () => {
      if (broken) connection.destroy();
      else connection.release();
    },
    destroy: () => {
      broken = true;
    },
  };
}

const makePool = (settings: ServerSettings, size: number): Pool =>
  createPool({
    ...(settings.host.startsWith('/')
      ? { socketPath: settings.host }
      : { host: settings.host, port: settings.port }),
    user: settings.user,
    password: settings.password,
    database: settings.database,
    ...(settings.tls !== false && { ssl: settings.tls as SslOptions }),
    connectionLimit: size,
    maxIdle: Math.min(size, 2),
    idleTimeout: 30_000,
    connectTimeout,
    enableKeepAlive: true,
    charset: 'UTF8MB4_BIN',
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: false,
    dateStrings: true,
    jsonStrings: true,
    maxPreparedStatements: keptStatements,
    flags: ['-LOCAL_FILES'], // a server must not ask us for files
  });

const getConnection = (pool: Pool): Promise<PoolConnection> =>
  new Promise((resolve, reject) => {
    pool.getConnection((error, connection) => (error === null ? resolve(connection) : reject(error)));
  });

async function take(pool: Pool): Promise<PoolConnection> {
  for (let waited = 0; ; waited += fullPause) {
    try {
      return await getConnection(pool);
    } catch (error) {
      if (!isFull(error) || waited >= connectTimeout) throw unreachable(error);
      await setTimeout(fullPause); // others give theirs back
    }
  }
}

/**
 * Connections are made when they are needed, and set up before anybody gets them.
 *
 * @param readTimeout milliseconds; 0: statements may take as long as they like
 */
export function createConnections(
  settings: ServerSettings,
  size: number,
  server: Server,
  readTimeout: number,
): Connections {
  const pool = makePool(settings, size);
  const ready = new WeakSet<PoolConnection>();
  const setUp = async (raw: PoolConnection): Promise<Connection> => {
    const connection = wrap(raw, server.largestPacket);
    if (ready.has(raw)) return connection;
    try {
      for (const text of setUpSession(server, readTimeout)) await connection.command(text);
    } catch (error) {
      raw.destroy();
      throw error;
    }
    ready.add(raw);
    return connection;
  };
  const acquire = async (): Promise<Connection> => setUp(await take(pool));
  return {
    acquire,
    async use(work) {
      const connection = await acquire();
      try {
        return await work(connection);
      } finally {
        connection.release();
      }
    },
    close: () => new Promise((resolve) => pool.end(() => resolve())),
  };
}

/** Asks the server what it is. @throws AppError UNAVAILABLE when it cannot be reached */
export async function askServer(settings: ServerSettings): Promise<Server> {
  const pool = makePool(settings, 1);
  try {
    const connection = wrap(await take(pool));
    const rows = await connection.command('select version(), @@max_allowed_packet');
    const [version, largestPacket] = (rows as unknown[][])[0] ?? [];
    return recogniseServer(String(version), Number(largestPacket));
  } finally {
    await new Promise<void>((resolve) => pool.end(() => resolve()));
  }
}
