import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { TestApp } from './app.ts';

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

export async function openForeignSqlite(): Promise<ForeignDatabase> {
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
