import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import type { TestApp } from './app.ts';
import { createTestDatabase, type TestDatabase, testEngine } from './testEngine.ts';

/** A database that others made: filled and asked past the product, with its own driver. */
export interface ForeignDatabase {
  readonly engine: 'sqlite' | 'postgres' | 'mysql';
  /** As a client sends it. */
  readonly config: {
    readonly client: string;
    readonly connection: Record<string, unknown>;
    readonly searchPath?: string[];
  };
  /** Settings an app needs to be allowed to open it. */
  readonly env: Record<string, string>;
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

async function openSqlite(): Promise<ForeignDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'rowgate-foreign-'));
  const db = new Sqlite(join(folder, 'shop.db'));
  return {
    engine: 'sqlite',
    config: { client: 'sqlite3', connection: { filename: 'shop.db' } },
    env: { ROWGATE_SQLITE_SOURCES: folder },
    run: async (sql) => void db.exec(sql),
    rows: async (sql) => db.prepare(sql).all() as Record<string, unknown>[],
    async close() {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Where a test database is, as a client says it. */
function connectionOf({ address }: TestDatabase): Record<string, unknown> {
  if (address.engine === 'sqlite') throw new Error('a file has no server');
  const { host, port, user, password, database } = address.settings;
  return { host, port, user, password, database };
}

async function openPostgres(): Promise<ForeignDatabase> {
  const database = await createTestDatabase('postgres');
  const connection = connectionOf(database);
  const client = new pg.Client(connection);
  await client.connect();
  return {
    engine: 'postgres',
    config: { client: 'pg', connection },
    env: {},
    run: async (sql) => void (await client.query(sql)),
    rows: async (sql) => (await client.query(sql)).rows,
    async close() {
      await client.end();
      await database.drop();
    },
  };
}

async function openMysql(): Promise<ForeignDatabase> {
  const database = await createTestDatabase('mysql');
  const connection = connectionOf(database);
  const client = await createConnection({ ...connection, multipleStatements: true, dateStrings: true });
  await client.query("set sql_mode = concat(@@sql_mode, ',ANSI_QUOTES'), time_zone = '+00:00'");
  return {
    engine: 'mysql',
    config: { client: 'mysql2', connection },
    env: {},
    run: async (sql) => void (await client.query(sql)),
    rows: async (sql) => (await client.query(sql))[0] as Record<string, unknown>[],
    async close() {
      await client.end();
      await database.drop();
    },
  };
}

const openers = { sqlite: openSqlite, postgres: openPostgres, mysql: openMysql };

/** An empty database of the engine that this run is about; names in it are quoted by `"` everywhere. */
export const openForeign = (): Promise<ForeignDatabase> => openers[testEngine]();

/** Waits for a job and answers its result. */
export async function finishJob(app: TestApp, jwt: string, baseId: string, id: string) {
  for (;;) {
    const { body } = await app.inject({ method: 'GET', path: `/api/v2/jobs/${baseId}/${id}`, jwt });
    if (body.status === 'completed') return body.result;
    if (body.status === 'failed') throw new Error(body.result.error);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export interface Connected {
  readonly app: TestApp;
  readonly jwt: string;
  readonly baseId: string;
  readonly sourceId: string;
  /** Ids of tables by physical name. */
  readonly tables: Record<string, string>;
}

/** Connects the database to a new base of a new owner. */
export async function connectForeign(
  app: TestApp,
  foreign: Pick<ForeignDatabase, 'config'>,
  more: Record<string, unknown> = {},
): Promise<Connected> {
  const { jwt } = await app.signUp();
  const made = await app.inject({ method: 'POST', path: '/api/v2/meta/bases', jwt, body: { title: 'Shop' } });
  const baseId = made.body.id as string;
  const asked = await app.inject({
    method: 'POST',
    path: `/api/v2/meta/bases/${baseId}/sources`,
    jwt,
    body: { alias: 'shop', type: foreign.config.client, config: foreign.config, ...more },
  });
  if (asked.status !== 200) throw new Error(`connecting answered ${asked.status}: ${asked.text}`);
  const { id: sourceId } = await finishJob(app, jwt, baseId, asked.body.id);
  return { app, jwt, baseId, sourceId, tables: await tableIds(app, jwt, baseId) };
}

export async function tableIds(app: TestApp, jwt: string, baseId: string): Promise<Record<string, string>> {
  const list = await app.inject({ method: 'GET', path: `/api/v2/meta/bases/${baseId}/tables`, jwt });
  return Object.fromEntries(
    list.body.list.map((table: { table_name: string; id: string }) => [table.table_name, table.id]),
  );
}
