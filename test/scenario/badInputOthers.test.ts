import { afterAll, beforeAll, describe, test } from 'vitest';
import type { AnyRoute } from '../../server/api/route.ts';
import {
  expectRefusals,
  fillPath,
  firstPath,
  type Refusal,
  rightParameters,
} from '../support/badRequests.ts';
import { allRoutes } from '../support/openapi.ts';
import { createWorld, sessionIdOf, type World } from '../support/world.ts';

/** What belongs to other people, and what belongs to nobody. */

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.watcher.close());

/** A form that says nothing about its link; and a question whose answer is no. */
const answersAnything = /ResetPasswordPage$|^dataExist$/;
const targeted = allRoutes.filter((route) => route.target !== 'none' && route.access.kind === 'base');

const requestAt = (route: AnyRoute, given: Record<string, string>): Refusal['request'] => ({
  method: route.method,
  path: fillPath(firstPath(route), { ...rightParameters(world), ...given }),
  ...(route.body === undefined ? {} : { body: {} }),
});

describe('the base of someone else', () => {
  test('is closed to a person who is no member', () =>
    expectRefusals(
      world,
      targeted.map((route) => ({
        what: "another person's base",
        status: [403, 404],
        request: { ...requestAt(route, {}), jwt: world.outsider.jwt },
      })),
    ));

  test('is closed to a token of another base', () =>
    expectRefusals(
      world,
      targeted.map((route) => ({
        what: 'a token of another base',
        status: [401, 403, 404],
        request: { ...requestAt(route, {}), token: world.theirs.baseToken },
      })),
    ));

  test('is closed to nobody in particular', () =>
    expectRefusals(
      world,
      allRoutes
        .filter((route) => route.access.kind !== 'public')
        .map((route) => ({ what: 'no credential', status: [401], request: requestAt(route, {}) })),
    ));

  test('cannot be changed by a viewer', () =>
    expectRefusals(
      world,
      targeted
        .filter((route) => route.method !== 'GET')
        .filter((route) => !/^(jobList|recordBulk.*|v\dSetMemberPreferences)$/.test(route.id))
        .map((route) => ({
          what: 'a viewer',
          status: [401, 403],
          request: { ...requestAt(route, {}), jwt: world.viewer.jwt },
        })),
    ));
});

describe('ids', () => {
  const parameters = [
    'baseId',
    'base',
    'table',
    'tableId',
    'columnId',
    'viewId',
    'viewColumnId',
    'filterId',
    'sortId',
    'sourceId',
    'jobId',
    'tokenId',
    'sessionId',
    'userId',
    'rowId',
  ];
  const unknown: Record<string, readonly string[]> = {
    tokenId: ['999999', 'tk0'],
    rowId: ['999999', 'r0'],
    default: ['x0000000000000000', 'me', '0'],
  };

  test.each(parameters)('unknown as %s', (name) => {
    const routes = allRoutes.filter(
      (route) => new RegExp(`:${name}(?![A-Za-z])`).test(firstPath(route)) && !answersAnything.test(route.id),
    );
    return expectRefusals(
      world,
      routes.flatMap((route) =>
        (unknown[name] ?? unknown.default ?? []).map((id) => ({
          what: id,
          status:
            /^(tokenId|filterId|sortId)$/.test(name) || route.body !== undefined
              ? [404, 422, 400]
              : [404, 422],
          request: { ...requestAt(route, { [name]: id }), jwt: world.owner.jwt },
        })),
      ),
    );
  });

  /** Things of another base, inside the address of one's own. */
  test("of another base's things", () => {
    const { theirs } = world;
    const foreign: Record<string, string> = {
      sourceId: theirs.sourceId,
      jobId: theirs.jobId,
      tokenId: theirs.tokenId,
      table: theirs.tableId,
      view: theirs.viewId,
    };
    const cases = allRoutes
      .filter((route) => route.target !== 'none')
      .flatMap((route) =>
        route.paths.flatMap((path) =>
          [...path.matchAll(/:([A-Za-z]+)/g)]
            .map(([, name = '']) => name)
            .filter((name) => foreign[name] !== undefined)
            .filter((name) => !(name === 'table' && !path.includes(':base')))
            .map((name) => ({
              what: `their ${name}`,
              status: [404, 403, 422, 400],
              request: {
                method: route.method,
                path: fillPath(path, { ...rightParameters(world), [name]: foreign[name] ?? '' }),
                jwt: world.owner.jwt,
                ...(route.body === undefined ? {} : { body: {} }),
              },
            })),
        ),
      );
    return expectRefusals(world, cases);
  });

  test('of other people', () => {
    const { outsider, viewer, tokenId, mine } = world;
    const by = { jwt: outsider.jwt };
    const cases: Refusal[] = [
      ...['v1', 'v2'].map((version) => ({
        what: 'a token',
        request: { method: 'DELETE', path: `/api/${version}/tokens/${tokenId}`, ...by } as const,
      })),
      {
        what: 'a token',
        request: { method: 'PATCH', path: `/api/v2/tokens/${tokenId}`, body: { enabled: false }, ...by },
      },
      { what: 'a token', request: { method: 'POST', path: `/api/v2/tokens/${tokenId}/reveal`, ...by } },
      {
        what: 'a base token',
        request: { method: 'POST', path: `/api/v2/tokens/${mine.tokenId}/reveal`, ...by },
      },
      {
        what: 'a session',
        request: { method: 'DELETE', path: `/api/v2/sessions/${sessionIdOf(world.owner)}`, ...by },
      },
      { what: 'a user', request: { method: 'DELETE', path: `/api/v1/users/${viewer.userId}`, ...by } },
      {
        what: 'a user',
        request: {
          method: 'PATCH',
          path: `/api/v1/users/${outsider.userId}`,
          body: { roles: 'super' },
          ...by,
        },
      },
      {
        what: 'a job',
        request: { method: 'POST', path: '/jobs/listen', body: { data: { id: mine.jobId } }, ...by },
      },
      { what: 'a base', request: { method: 'GET', path: `/api/v2/auth/user/me?base_id=x0`, ...by } },
      {
        what: 'settings',
        request: { method: 'POST', path: '/api/v1/app-settings', body: { tokens_per_user: 5 }, ...by },
      },
    ];
    return expectRefusals(
      world,
      cases.map((one) => ({ ...one, status: [403, 404] })),
    );
  });

  test("of another base's things in bodies and queries", () => {
    const { mine, theirs, owner } = world;
    const table = `/api/v2/meta/tables/${mine.tableId}`;
    const foreign = theirs.columnIds[1] ?? '';
    const by = { jwt: owner.jwt };
    const records = `/api/v2/tables/${mine.tableId}/records`;
    const cases: Refusal[] = [
      { what: 'viewId', request: { method: 'GET', path: `${records}?viewId=${theirs.viewId}`, ...by } },
      { what: 'where', request: { method: 'GET', path: `${records}?where=(${foreign},eq,1)`, ...by } },
      { what: 'sort', request: { method: 'GET', path: `${records}?sort=${foreign}`, ...by } },
      { what: 'fields', request: { method: 'GET', path: `${records}?fields=${foreign}`, ...by } },
      {
        what: 'tableId of an import',
        request: {
          method: 'POST',
          path: `/api/v2/meta/bases/${mine.baseId}/import?name=a.csv&tableId=${theirs.tableId}`,
          body: 'a\n1',
          headers: { 'content-type': 'text/csv' },
          ...by,
        },
      },
      {
        what: 'order',
        request: {
          method: 'POST',
          path: `${table}/columns/bulk`,
          body: { hash: 'x', ops: [{ op: 'delete', column: { id: foreign } }] },
          ...by,
        },
      },
    ];
    return expectRefusals(world, cases);
  });
});
