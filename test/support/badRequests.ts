import { expect } from 'vitest';
import type { AnyRoute } from '../../server/api/route.ts';
import { leakIn, wrongRefusal } from './answers.ts';
import type { TestRequest, TestResponse } from './app.ts';
import { changedTables } from './databaseState.ts';
import { allRoutes } from './openapi.ts';
import { sessionIdOf, type World } from './world.ts';

/** Requests that must be refused, and what a refusal must be like. */

/** The right thing for each parameter of a path, so that only the rest of a request is wrong. */
export function rightParameters(world: World): Record<string, string> {
  const { mine } = world;
  return {
    baseId: mine.baseId,
    base: mine.baseId,
    table: mine.tableId,
    tableId: mine.tableId,
    columnId: mine.columnIds[1] ?? '',
    viewId: mine.viewId,
    view: mine.viewId,
    viewColumnId: mine.viewColumnId,
    filterId: mine.filterId,
    sortId: mine.sortId,
    jobId: mine.jobId,
    sourceId: mine.sourceId,
    tokenId: world.tokenId,
    sessionId: sessionIdOf(world.viewer),
    userId: world.viewer.userId,
    rowId: '1',
    orgs: 'noco',
    file: 'nothing.js',
  };
}

export const fillPath = (pattern: string, given: Readonly<Record<string, string>>): string =>
  pattern.replace(/:([A-Za-z]+)/g, (_, name: string) => given[name] ?? 'x');

export const firstPath = (route: AnyRoute): string => route.paths[0] ?? '/';

/** Routes that read a JSON body. */
export const bodyRoutes = allRoutes.filter(
  (route) => route.body !== undefined && route.bodyKind !== 'stream' && route.method !== 'GET',
);

export const routeCalled = (id: string): AnyRoute => {
  const found = allRoutes.find((route) => route.id === id);
  if (found === undefined) throw new Error(`no route ${id}`);
  return found;
};

export interface Refusal {
  readonly what: string;
  readonly request: TestRequest;
  /** Statuses that are right; any 4xx without it. */
  readonly status?: readonly number[];
}

function wrongAnswer(answer: TestResponse, status: readonly number[] | undefined): string | undefined {
  if (answer.status < 400 || answer.status > 499) return 'is no refusal';
  if (status !== undefined && !status.includes(answer.status)) return `is not ${status.join(' or ')}`;
  const leak = leakIn(answer.text);
  return leak === undefined ? wrongRefusal(answer) : `gives away ${leak}`;
}

let senders = 0;

/** Sends them all; every one must be refused in good order and change nothing. */
export async function expectRefusals(world: World, cases: Iterable<Refusal>): Promise<void> {
  const problems: string[] = [];
  let count = 0;
  let before = await world.watcher.fingerprint();
  for (const { what, request, status } of cases) {
    count += 1;
    senders += 1;
    const headers = {
      ...request.headers,
      'x-forwarded-for': `10.1.${(senders >> 8) & 255}.${senders & 255}`,
    };
    const problem = await world.app.inject({ ...request, headers }).then(
      (answer) => {
        const wrong = wrongAnswer(answer, status);
        return wrong === undefined ? undefined : `${wrong}: ${answer.status} ${answer.text.slice(0, 300)}`;
      },
      (error: Error) => `${error.message.slice(0, 500)}\n${world.app.logs.at(-1)?.slice(0, 1000)}`,
    );
    const after = await world.watcher.fingerprint();
    const changed = after === before ? undefined : `changed ${changedTables(before, after)}`;
    for (const wrong of [problem, changed]) {
      if (wrong !== undefined)
        problems.push(`${request.method} ${request.path.slice(0, 200)} with ${what} ${wrong}`);
    }
    before = after;
  }
  expect(
    problems.slice(0, Number(process.env.ROWGATE_INTERNAL_PROBLEMS ?? 10)),
    `${problems.length} of ${count}`,
  ).toEqual([]);
  expect(count).toBeGreaterThan(0);
}
