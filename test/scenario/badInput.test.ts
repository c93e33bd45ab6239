import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnyRoute } from '../../server/api/route.ts';
import type { TestRequest } from '../support/app.ts';
import { bodyRoutes, expectRefusals, fillPath, firstPath, rightParameters } from '../support/badRequests.ts';
import { loneSurrogate, notObjects, nul, prototypeKeys, rawBodies, sqlTexts } from '../support/hostile.ts';
import { allRoutes, answerEnds } from '../support/openapi.ts';
import { escapeLoosely } from '../support/sendRandom.ts';
import { createWorld, type World } from '../support/world.ts';
import { wrongTyped } from '../support/wrongTyped.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.watcher.close());

const pathOf = (route: AnyRoute): string => fillPath(firstPath(route), rightParameters(world));

/** The same wrong request at each of these routes, by someone who may use all of them. */
const atEach = (
  routes: readonly AnyRoute[],
  what: string,
  status: readonly number[] | undefined,
  more: (route: AnyRoute) => Partial<TestRequest>,
) =>
  expectRefusals(
    world,
    routes.map((route) => ({
      what,
      ...(status === undefined ? {} : { status }),
      request: { method: route.method, path: pathOf(route), jwt: world.owner.jwt, ...more(route) },
    })),
  );

describe('a body', () => {
  test.each(rawBodies)('%s is refused by every route', (what, body) =>
    atEach(bodyRoutes, what, [400], () => ({ body })),
  );

  // One key may be sent as it is to be deleted.
  const takesKey = new Set(['recordDelete']);
  test.each(notObjects)('%s is refused by every route', (what, body) =>
    atEach(
      bodyRoutes.filter((route) => !(takesKey.has(route.id) && /^[1"]/.test(body))),
      what,
      [400, 422],
      () => ({ body }),
    ),
  );

  const types = [
    'text/plain',
    'application/xml',
    'multipart/form-data',
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    'application/json5',
    'x',
  ];
  test.each(types)('of the type %s is refused by every route', (type) =>
    atEach(bodyRoutes, type, [415], () => ({ body: '{}', headers: { 'content-type': type } })),
  );

  test('beyond the limit is refused by every route, before it is looked at', async () => {
    const body = `{"a":"${'x'.repeat(1_100_000)}"}`;
    await atEach(bodyRoutes, '1.1 MB', [413], () => ({ body }));
    const closed = bodyRoutes.filter((route) => route.access.kind !== 'public');
    await expectRefusals(
      world,
      closed.map((route) => ({
        what: '1.1 MB by nobody',
        status: [401],
        request: { method: route.method, path: pathOf(route), body },
      })),
    );
  });

  test('has members of the right types, or is refused', async () => {
    const cases = bodyRoutes.flatMap((route) =>
      [...wrongTyped(route.body)].map(({ what, body }) => ({ route, what, body: JSON.stringify(body) })),
    );
    expect(cases.length).toBeGreaterThan(500);
    await expectRefusals(
      world,
      cases.map(({ route, what, body }) => ({
        what,
        status: [400],
        request: { method: route.method, path: pathOf(route), jwt: world.owner.jwt, body },
      })),
    );
  });
});

describe('what is easily forgotten', () => {
  test('JSON inside of a text has a depth, too', async () => {
    const meta = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    const { baseId, tableId } = rightParameters(world);
    const cases = [
      ['PATCH', `/api/v2/meta/bases/${baseId}`, { meta }],
      ['PATCH', `/api/v2/meta/tables/${tableId}`, { meta }],
      ['POST', '/api/v2/meta/bases', { title: 'x', meta }],
      ['POST', `/api/v2/tables/${tableId}/records`, { Data: meta }],
    ] as const;
    await expectRefusals(
      world,
      cases.map(([method, path, body]) => ({
        what: 'deep text',
        status: [400, 422],
        request: { method, path, body, jwt: world.owner.jwt },
      })),
    );
  });

  test.each(['name=a.json', 'name=a.ndjson', 'format=ndjson'])(
    'a file nested 10,000 levels: %s',
    async (search) => {
      const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
      const path = `/api/v2/meta/bases/${rightParameters(world).baseId}/import/preview?${search}`;
      for (const body of [
        deep,
        `{"a":1}\n{"b":${deep}}`,
        `{"rows":[{"a":${deep}}]}`,
        `{"a":${deep},"b":[1]}`,
      ]) {
        const answer = await world.app.inject({
          method: 'POST',
          path,
          jwt: world.owner.jwt,
          headers: { 'content-type': 'application/json' },
          body,
        });
        expect([body.slice(0, 20), answer.status < 500]).toEqual([body.slice(0, 20), true]);
      }
    },
  );
});

describe('addresses', () => {
  const nameless = (pattern: string): string => pattern.replace(/:\w+/g, ':');

  test('with a method that nobody serves', async () => {
    const served = new Set(
      allRoutes.flatMap((route) => route.paths.map((path) => `${route.method} ${nameless(path)}`)),
    );
    const cases = allRoutes
      .flatMap((route) => route.paths)
      .flatMap((pattern) =>
        (['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const)
          .filter((method) => !served.has(`${method} ${nameless(pattern)}`))
          .map((method) => ({
            what: `${method} ${pattern}`,
            request: {
              method,
              path: fillPath(pattern, { ...rightParameters(world), rowId: '99' }),
              jwt: world.owner.jwt,
              documented: false,
            },
          })),
      );
    await expectRefusals(world, cases);
  });

  const withParameters = allRoutes.filter((route) => firstPath(route).includes(':'));
  const broken = ['%', '%zz', '%e0%a4%a', '%ff', '%ed%a0%80', '%c0%af', '%u0041'];
  test.each(broken)('with a broken percent escape: %s', (piece) =>
    atEach(withParameters, piece, [400], (route) => ({
      path: fillPath(firstPath(route).replace(/:[A-Za-z]+/, piece), rightParameters(world)),
    })),
  );

  const strange = [
    ...sqlTexts,
    ...prototypeKeys,
    ...[nul, `a${nul}`, loneSurrogate, `${loneSurrogate}x`, '😀', '\u202e', ' ', '%2e%2e', '%'],
    ...['a'.repeat(1900), 'a'.repeat(2100), '-1', '1e309', '9223372036854775808', '1.5', 'null'],
    ...['*', ':id', '{id}', 'undefined', '[object Object]', '../../etc/passwd', 'a/b', '\\', "'", '"'],
  ];
  // A form that says nothing about its link; and a question whose answer is no.
  const answersAnything = /ResetPasswordPage$|^dataExist$/;
  test.each(strange)('with %j in place of every id', async (text) => {
    const cases = allRoutes
      .filter((route) => !answersAnything.test(route.id))
      .flatMap((route) =>
        [...firstPath(route).matchAll(/:([A-Za-z]+)/g)]
          .map(([, name = '']) => name)
          .filter((name) => name !== 'orgs')
          .map((name) => ({
            what: `${text.slice(0, 30)} as ${name}`,
            request: {
              method: route.method,
              path: fillPath(firstPath(route), { ...rightParameters(world), [name]: escapeLoosely(text) }),
              jwt: world.owner.jwt,
            },
          })),
      );
    await expectRefusals(world, cases);
  });

  test('that no route has', async () => {
    const paths = [
      '/x',
      '/api',
      '/api/v2',
      '/api/v2/nope',
      '/api/v9/x',
      '/api/v2/meta/bases/x/y/z/w',
      '/%00',
    ];
    await expectRefusals(
      world,
      paths.map((path) => ({ what: 'nothing', request: { method: 'GET', path }, status: [404, 400] })),
    );
  });
});

describe('query names', () => {
  const names = [...prototypeKeys, nul, loneSurrogate, 'a[b]', 'a[__proto__]', '', '=', 'x'.repeat(3000)];
  test('of any kind change nothing and break nothing', async () => {
    const reads = allRoutes.filter((route) => route.method === 'GET' && answerEnds(route));
    for (const name of names) {
      for (const route of reads) {
        const path = `${pathOf(route)}?${escapeLoosely(name)}=1&${escapeLoosely(name)}=2`;
        const plain = await world.app.inject({ method: 'GET', path: pathOf(route), jwt: world.owner.jwt });
        const strange = await world.app.inject({ method: 'GET', path, jwt: world.owner.jwt });
        expect([path, strange.status]).toEqual([path, plain.status]);
      }
    }
  });
});

test('no body at all is no failure of the server', async () => {
  const other = await createWorld(); // some of these succeed
  for (const route of bodyRoutes.filter((each) => !/Password$|SignUp|SignIn/.test(each.id))) {
    const answer = await other.app.inject({
      method: route.method,
      path: fillPath(firstPath(route), rightParameters(other)),
      jwt: other.owner.jwt,
    });
    expect([route.id, answer.status < 500]).toEqual([route.id, true]);
  }
  other.watcher.close();
});
