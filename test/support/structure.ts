import { expect } from 'vitest';
import type { TestApp, TestResponse } from './app.ts';

/** Both addresses of the families that describe bases. */
export const wires = [
  { wire: 'v1', meta: '/api/v1/db/meta', bases: '/api/v1/db/meta/projects', sources: 'bases' },
  { wire: 'v2', meta: '/api/v2/meta', bases: '/api/v2/meta/bases', sources: 'sources' },
] as const;

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** Requests of one signed-in person. */
export const as =
  (app: TestApp, jwt: string) =>
  (method: Method, path: string, body?: unknown): Promise<TestResponse> =>
    app.inject({ method, path, jwt, ...(body === undefined ? {} : { body }) });
export type Ask = ReturnType<typeof as>;

/** The body of a request that must succeed. */
export async function ok(answer: Promise<TestResponse>) {
  const { status, body, text } = await answer;
  if (status !== 200) expect.fail(`answered ${status}: ${text}`);
  return body;
}

export const createBase = (ask: Ask, title = 'Shop') => ok(ask('POST', '/api/v2/meta/bases', { title }));

export const createTable = (ask: Ask, baseId: string, title: string, columns: unknown[]) =>
  ok(ask('POST', `/api/v2/meta/bases/${baseId}/tables`, { title, columns }));

export const insert = (ask: Ask, tableId: string, records: unknown[]) =>
  ok(ask('POST', `/api/v2/tables/${tableId}/records`, records));

/** The records in key order, without the automatic fields. */
export async function readRecords(ask: Ask, tableId: string): Promise<Record<string, unknown>[]> {
  const { list } = await ok(ask('GET', `/api/v2/tables/${tableId}/records?limit=1000&sort=Id`));
  return list.map(({ Id: _i, CreatedAt: _c, UpdatedAt: _u, ...rest }: Record<string, unknown>) => rest);
}

// biome-ignore lint/suspicious/noExplicitAny: answers of any shape
export const columnOf = (table: any, title: string) => {
  const column = table.columns.find((each: { title: string }) => each.title === title);
  if (column === undefined) expect.fail(`no column '${title}' in ${table.title}`);
  return column;
};

/** Strings that break careless software: every one is a legal title, or is refused with 4xx. */
export const hostileTexts: readonly (readonly [what: string, text: string, accepted: boolean])[] = [
  ['SQL', `'; DROP TABLE "x"; --`, true],
  ['double quotes', `a"b""c`, true],
  ['backslashes and backticks', '\\`a\\`', true],
  ['emoji', '👩‍👩‍👧 Straße €', true],
  ['right to left', 'שלום עולם', true],
  ['a reserved word', 'select', true],
  ['a constructor', 'constructor', true],
  ['markup', '<script>alert(1)</script>', true],
  ['a percent sign', '%00%s%n', true],
  ['a comma and parentheses', '(a,eq,b)~or', true],
  ['a prototype', '__proto__', false],
  ['a NUL', 'a\u0000b', false],
  ['a newline', 'a\nb', false],
  ['a lone surrogate', 'a\ud800b', false],
  ['nothing', '', false],
  ['blanks', ' \t ', false],
  ['10,000 characters', 'x'.repeat(10_000), false],
];
