import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import type { EngineAddress } from '../../server/db/sources.ts';

/** The engine this run of the tests is about; vitest.config.ts runs some tests once for each. */

export type EngineName = EngineAddress['engine'];
export type ServerEngine = Exclude<EngineName, 'sqlite'>;

export const testEngine = (process.env.ROWGATE_TEST_ENGINE ?? 'sqlite') as EngineName;

/** A database on a server, empty or a copy of a template. */
export interface TestDatabase {
  readonly name: string;
  readonly address: EngineAddress;
  /** As `NC_DB` says it. */
  readonly url: string;
  drop(): Promise<void>;
}

/** Begins the names of the databases of one run. */
const prefix = `rg_test_${process.env.ROWGATE_TEST_RUN ?? 'alone'}_`;
const randomName = (): string => `${prefix}${randomBytes(8).toString('hex')}`;

function serverUrl(name: 'ROWGATE_TEST_POSTGRES' | 'ROWGATE_TEST_MYSQL', fallback: string): URL {
  return new URL(process.env[name] ?? fallback);
}

const addressParts = (url: URL) => ({
  host: url.hostname,
  port: Number(url.port),
  user: decodeURIComponent(url.username),
  password: decodeURIComponent(url.password),
  schema: null,
  tls: false as const,
  connections: 6,
  readTimeout: 60_000,
});

async function runOnPostgres(url: URL, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({
    connectionString: `${url.protocol}//${url.username}:${url.password}@${url.host}/postgres`,
  });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

const postgresUrl = (): URL => serverUrl('ROWGATE_TEST_POSTGRES', 'postgres://postgres@127.0.0.1:5432');
const dropOnPostgres = async (url: URL, name: string): Promise<void> => {
  await runOnPostgres(url, `drop database if exists ${name} with (force)`);
};

async function createOnPostgres(template: string | undefined): Promise<TestDatabase> {
  const url = postgresUrl();
  const name = randomName();
  await runOnPostgres(url, `create database ${name}${template === undefined ? '' : ` template ${template}`}`);
  return {
    name,
    address: { engine: 'postgres', settings: { ...addressParts(url), database: name } },
    url: `postgres://${url.username}:${url.password}@${url.host}/${name}`,
    drop: () => dropOnPostgres(url, name),
  };
}

async function runOnMysql(url: URL, statement: string): Promise<Record<string, unknown>[]> {
  const { host, port, user, password } = addressParts(url);
  const client = await createConnection({ host, port, user, password });
  try {
    return (await client.query(statement))[0] as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

const mysqlUrl = (): URL => serverUrl('ROWGATE_TEST_MYSQL', 'mysql://root@127.0.0.1:3306');
const dropOnMysql = async (url: URL, name: string): Promise<void> => {
  await runOnMysql(url, `drop database if exists ${name}`);
};

async function createOnMysql(): Promise<TestDatabase> {
  const url = mysqlUrl();
  const name = randomName();
  await runOnMysql(url, `create database ${name} character set utf8mb4`);
  return {
    name,
    address: { engine: 'mysql', settings: { ...addressParts(url), database: name } },
    url: `mysql://${url.username}:${url.password}@${url.host}/${name}`,
    drop: () => dropOnMysql(url, name),
  };
}

const creators: Readonly<Record<ServerEngine, (template: string | undefined) => Promise<TestDatabase>>> = {
  postgres: createOnPostgres,
  mysql: createOnMysql,
};

/** A new database of its own; with a template, where the engine has such, a copy of that database. */
export const createTestDatabase = (engine: ServerEngine, template?: string): Promise<TestDatabase> =>
  creators[engine](template);

/** What is left of this run, e.g. after a test that was cut off. */
export async function dropTestDatabases(engine: ServerEngine): Promise<void> {
  const url = engine === 'postgres' ? postgresUrl() : mysqlUrl();
  const [run, drop] = engine === 'postgres' ? [runOnPostgres, dropOnPostgres] : [runOnMysql, dropOnMysql];
  const list =
    engine === 'postgres'
      ? 'select datname as name from pg_database'
      : 'select schema_name as name from information_schema.schemata';
  for (const { name } of await run(url, list))
    if (String(name).startsWith(prefix)) await drop(url, String(name));
}
