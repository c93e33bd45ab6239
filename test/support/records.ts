import type { TestApp, TestRequest, TestResponse } from './app.ts';

/** A table to try records on, with one caller who owns its base. */
export interface TestTable {
  readonly baseId: string;
  readonly baseTitle: string;
  readonly id: string;
  readonly title: string;
  // biome-ignore lint/suspicious/noExplicitAny: the table as the wire describes it
  readonly wire: any;
  /** Sends as the owner. */
  readonly send: (
    method: TestRequest['method'],
    path: string,
    body?: unknown,
    more?: Partial<TestRequest>,
  ) => Promise<TestResponse>;
  /** The v2 records address with this suffix. */
  readonly records: (method: TestRequest['method'], suffix?: string, body?: unknown) => Promise<TestResponse>;
  /** The v1 data address with this suffix. */
  readonly data: (method: TestRequest['method'], suffix?: string, body?: unknown) => Promise<TestResponse>;
  /** The v1 bulk address with this suffix. */
  readonly bulk: (method: TestRequest['method'], suffix?: string, body?: unknown) => Promise<TestResponse>;
  readonly count: () => Promise<number>;
}

export interface TestOwner {
  readonly jwt: string;
  readonly userId: string;
  readonly email: string;
}

let tables = 0;
/** The first to sign up may create bases; others may not. */
const owners = new WeakMap<TestApp, TestOwner>();

/** Signs up the app's owner (once, unless given) and creates a base with one table over the wire. */
export async function createTestTable(
  app: TestApp,
  columns: readonly Record<string, unknown>[],
  given: { owner?: TestOwner; title?: string } = {},
): Promise<TestTable & { owner: TestOwner }> {
  const owner = given.owner ?? owners.get(app) ?? (await app.signUp());
  owners.set(app, owner);
  tables += 1;
  const baseTitle = `Base ${tables}`;
  const send: TestTable['send'] = (method, path, body, more) =>
    app.inject({ method, path, jwt: owner.jwt, ...(body === undefined ? {} : { body }), ...more });
  const base = await send('POST', '/api/v2/meta/bases', { title: baseTitle });
  const title = given.title ?? `Table ${tables}`;
  const table = await send('POST', `/api/v2/meta/bases/${base.body.id}/tables`, { title, columns });
  if (table.status !== 200) throw new Error(`table: ${table.status} ${table.text}`);
  const id: string = table.body.id;
  const records: TestTable['records'] = (method, suffix = '', body) =>
    send(method, `/api/v2/tables/${id}/records${suffix}`, body);
  return {
    owner,
    baseId: base.body.id,
    baseTitle,
    id,
    title,
    wire: table.body,
    send,
    records,
    data: (method, suffix = '', body) =>
      send(method, `/api/v1/db/data/noco/${base.body.id}/${id}${suffix}`, body),
    bulk: (method, suffix = '', body) =>
      send(method, `/api/v1/db/data/bulk/noco/${base.body.id}/${id}${suffix}`, body),
    count: async () => (await records('GET', '/count')).body.count as number,
  };
}

/** A query string of one parameter. */
export function query(parameters: Record<string, string | number>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) search.set(name, String(value));
  return `?${search.toString()}`;
}
