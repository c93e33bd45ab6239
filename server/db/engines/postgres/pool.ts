import pg from 'pg';
import { AppError } from '../../../core/errors.ts';
import type { Sql } from '../../engine.ts';
import type { ServerSettings } from '../serverSettings.ts';
import { answerOf, explainConnect, isLost, isOutdated } from './errors.ts';
import { type Answer, asArrays, asObjects, createStatementNames } from './statements.ts';

/** Connections to one database, made when they are needed. */
export interface Pool {
  /** @throws AppError UNAVAILABLE when there is none in time */
  take(): Promise<pg.PoolClient>;
  /** Whether a connection has answered before, so that it can have died while it was idle. */
  isOld(client: pg.PoolClient): boolean;
  /** Gives a connection back; a broken one is thrown away. */
  release(client: pg.PoolClient, broken: boolean): void;
  /** One statement outside transactions. What failed because an idle connection had died is asked again, if it only reads. */
  ask(sql: Sql, shape: 'arrays' | 'objects', reads: boolean): Promise<Answer>;
  close(): Promise<void>;
}

/** Milliseconds for a new connection, and for a free one while all are busy. */
const connectTimeout = 10_000;
/** Milliseconds after which a connection that nobody needs is closed. */
const idleTimeout = 60_000;

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** What a connection must agree on, so that values look the same everywhere. */
function setUp({ readTimeout, schema }: ServerSettings): string {
  const variables: Readonly<Record<string, string>> = {
    timezone: literal('UTC'),
    datestyle: literal('ISO, MDY'),
    extra_float_digits: '1',
    standard_conforming_strings: 'on',
    client_min_messages: 'error',
    jit: 'off', // it takes longer than our statements run
    statement_timeout: String(readTimeout),
    ...(schema === null ? {} : { search_path: `"${schema.replaceAll('"', '""')}"` }),
  };
  return Object.entries(variables)
    .map(([name, value]) => `set ${name} = ${value}`)
    .join('; ');
}

/** How the driver reaches the database. */
export const clientConfig = (settings: ServerSettings): pg.ClientConfig => {
  const { host, port, user, password, database, tls } = settings;
  return { host, port, user, password, database, ssl: tls };
};

function openPool(settings: ServerSettings): pg.Pool {
  const set = setUp(settings);
  const pool = new pg.Pool({
    ...clientConfig(settings),
    max: settings.connections,
    connectionTimeoutMillis: connectTimeout,
    idleTimeoutMillis: idleTimeout,
    keepAlive: true,
    pipeline: true, // a transaction sends its writes without waiting for each
    application_name: 'rowgate',
    onConnect: async (client: pg.ClientBase) => {
      await client.query(set);
    },
  } as pg.PoolConfig);
  // An idle connection that breaks is thrown away by the pool; one in use tells whoever asks it next.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  // One that breaks while it is used says so to its query too; unheard, its event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

export function createPool(settings: ServerSettings): Pool {
  const pool = openPool(settings);
  const names = createStatementNames();
  const used = new WeakSet<object>();

  async function take(): Promise<pg.PoolClient> {
    if (pool.ending) throw new AppError('UNAVAILABLE', 'The server is stopping. Try again.');
    try {
      return await pool.connect();
    } catch (error) {
      throw explainConnect(error);
    }
  }
  function release(client: pg.PoolClient, broken: boolean): void {
    used.add(client);
    client.release(broken || names.isFull(client));
  }
  async function askOnce(sql: Sql, shape: 'arrays' | 'objects') {
    const client = await take();
    const old = used.has(client);
    const name = names.nameOf(client, sql.text);
    try {
      const answer: Answer = await answerOf(
        client.query(shape === 'arrays' ? asArrays(sql, name) : asObjects(sql, name)),
      );
      release(client, false);
      return { answer, error: undefined, again: false };
    } catch (error) {
      release(client, isLost(error));
      if (isOutdated(error)) names.forget(sql.text);
      return {
        answer: undefined,
        error,
        again: (old && isLost(error)) || (name !== undefined && isOutdated(error)),
      };
    }
  }

  return {
    take,
    isOld: (client) => used.has(client),
    release,
    async ask(sql, shape, reads) {
      // Several may have died together.
      for (let tries = settings.connections; ; tries -= 1) {
        const { answer, error, again } = await askOnce(sql, shape);
        if (answer !== undefined) return answer;
        if (!reads || !again || tries === 0) throw error;
      }
    },
    close: async () => {
      if (!pool.ending) await pool.end();
    },
  };
}
