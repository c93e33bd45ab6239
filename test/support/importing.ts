import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { TestApp, TestResponse } from './app.ts';

export const chinookPath = 'fixtures/chinook/Chinook_Sqlite.sqlite';
export const chinook = (): Buffer => readFileSync(chinookPath);

export async function createBase(app: TestApp, jwt: string, title = 'Base'): Promise<string> {
  const answer = await app.inject({ method: 'POST', path: '/api/v2/meta/bases/', jwt, body: { title } });
  if (answer.status !== 200) throw new Error(`creating a base answered ${answer.status}: ${answer.text}`);
  return answer.body.id;
}

export const sendFile = (
  app: TestApp,
  jwt: string,
  baseId: string,
  body: Buffer | string,
  query = '',
): Promise<TestResponse> =>
  app.inject({
    method: 'POST',
    path: `/api/v2/meta/bases/${baseId}/import?${query}`,
    jwt,
    body,
    headers: { 'content-type': 'application/octet-stream' },
  });

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
export async function finishedJob(app: TestApp, jwt: string, id: string): Promise<any> {
  for (;;) {
    const answer = await app.inject({
      method: 'POST',
      path: '/jobs/listen',
      jwt,
      body: { _mid: 0, data: { id } },
    });
    if (answer.status !== 200) throw new Error(`listening answered ${answer.status}: ${answer.text}`);
    const [event] = answer.body;
    if (event.data.status !== 'active') return event.data;
  }
}

/** Sends a file and waits for the result of its job. */
export async function importFile(
  app: TestApp,
  jwt: string,
  baseId: string,
  body: Buffer | string,
  query = '',
): Promise<Awaited<ReturnType<typeof finishedJob>>> {
  const sent = await sendFile(app, jwt, baseId, body, query);
  if (sent.status !== 200) throw new Error(`the import answered ${sent.status}: ${sent.text}`);
  return finishedJob(app, jwt, sent.body.id);
}

/** All records of a table, in the order of its key. */
export async function readRecords(
  app: TestApp,
  jwt: string,
  tableId: string,
): Promise<Record<string, unknown>[]> {
  const records: Record<string, unknown>[] = [];
  for (;;) {
    const path = `/api/v2/tables/${tableId}/records?limit=1000&offset=${records.length}`;
    const { body } = await app.inject({ method: 'GET', path, jwt, documented: false });
    records.push(...body.list);
    if (body.pageInfo.isLastPage) return records;
  }
}

/** The sample's own rows, in the order of their key. */
export function chinookRows(): Map<string, Record<string, unknown>[]> {
  const db = new Database(chinookPath, { readonly: true });
  const names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
  const rows = new Map(
    names.map((name) => {
      const keys = db
        .prepare('SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk')
        .pluck()
        .all(name);
      const order = keys.map((key) => `"${key}"`).join(', ');
      return [
        name,
        db.prepare(`SELECT * FROM "${name}" ORDER BY ${order}`).all() as Record<string, unknown>[],
      ];
    }),
  );
  db.close();
  return rows;
}

/** A cell of the sample as the wire writes it. */
export const asWire = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value) ? `${value}+00:00` : value;
