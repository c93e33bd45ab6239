import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestRequest } from '../support/app.ts';
import { expectRefusals, type Refusal } from '../support/badRequests.ts';
import { hostileStrings, loneSurrogate, nul } from '../support/hostile.ts';
import { escapeLoosely } from '../support/sendRandom.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ NC_DATA_PAYLOAD_LIMIT: '1000' });
});
afterAll(() => world.watcher.close());

const records = (suffix = ''): string => `/api/v2/tables/${world.mine.tableId}/records${suffix}`;
const data = (suffix = ''): string =>
  `/api/v1/db/data/noco/${world.mine.baseId}/${world.mine.tableId}${suffix}`;
const bulk = (suffix = ''): string => data(suffix).replace('/data/', '/data/bulk/');
const by = () => ({ jwt: world.owner.jwt });
const get = (path: string): TestRequest => ({ method: 'GET', path, ...by() });
const send = (method: TestRequest['method'], path: string, body: unknown): TestRequest => ({
  method,
  path,
  body: JSON.stringify(body),
  ...by(),
});
const refused = (cases: readonly Refusal[]) => expectRefusals(world, cases);

describe('values', () => {
  test('of every hostile kind are refused or kept as they are', async () => {
    for (const text of hostileStrings) {
      const before = await world.watcher.fingerprint();
      const answer = await world.app.inject(send('POST', records(), { Name: text }));
      const legal = text.isWellFormed() && !text.includes(nul);
      expect([text, answer.status]).toEqual([text, legal ? 200 : 422]);
      if (!legal) {
        expect(await world.watcher.fingerprint()).toBe(before);
        continue;
      }
      const read = await world.app.inject(get(records(`/${answer.body.Id}?fields=Name`)));
      expect(read.body.Name ?? '').toBe(text);
    }
  });

  const wrong: Record<string, readonly unknown[]> = {
    Name: [{}, [], { a: 1 }, [1], [['x']]],
    Count: ['x', '1.5', 1.5, {}, [], true, '1e309', '9223372036854775808', 1e300, `1${nul}`, '0x10', '１'],
    Price: ['x', {}, [], true, 'NaN', 'Infinity', '1e99999', '--1'],
    Done: ['x', {}, [], 2, 'maybe'],
    Day: ['x', {}, [], true, '2024-02-30', '2024-13-01', '99999-01-01', `2024-01-01${nul}`, '-1'],
    At: ['x', {}, [], true, '2024-02-30 00:00', '2024-01-01 25:00', '2024-01-01T00:00+99:00'],
    Mail: [{}, [], `a${nul}@example.org`, `a${loneSurrogate}@example.org`],
    Data: [`{"a":`, '['.repeat(5000), `"a${nul}"`],
    Kind: ['nope', {}, [], ['a', 'b'], 1, '__proto__', 'constructor'],
    Tags: ['nope', {}, ['x', 'nope'], [['x']], '__proto__', ['constructor']],
    Who: ['nope', {}, [{}], [{ id: 'nope' }], 1, ['nope'], '__proto__', [{ id: null }]],
    Hue: ['x', {}, [], 'javascript:alert(1)', '#12345'],
    Id: ['x', {}, [], 1.5, '9223372036854775808', -1.5],
  };
  test.each(Object.entries(wrong))(
    'of the wrong kind for %s are refused in every write',
    async (field, values) => {
      const cases = values.flatMap((value) => {
        const what = `${field} ${JSON.stringify(value)?.slice(0, 40)}`;
        const row = { Id: 1, [field]: value };
        if (field === 'Id') {
          return [
            { what, request: send('PATCH', records(), row) },
            { what, request: send('DELETE', records(), [row]) },
          ];
        }
        return [
          { what, request: send('POST', records(), { [field]: value }) },
          { what, request: send('POST', records(), [{ Name: 'good' }, { [field]: value }]) },
          { what, request: send('PATCH', records(), row) },
          { what, request: send('POST', data(), { [field]: value }) },
          { what, request: send('PATCH', data('/1'), { [field]: value }) },
          { what, request: send('POST', bulk(), [{ Name: 'good' }, { [field]: value }]) },
          { what, request: send('PATCH', bulk(), [{ Id: 2, Name: 'good' }, row]) },
          { what, request: send('PATCH', bulk('/all'), { [field]: value }) },
          { what, request: send('POST', bulk('/upsert'), [{ Name: 'good' }, row]) },
        ];
      });
      await refused(cases);
    },
  );
});

describe('lists', () => {
  test('over the limit, or with a record twice, are refused', () => {
    const rows = Array.from({ length: 1001 }, (_, i) => ({ Id: i + 1, Name: 'x' }));
    const twice = [
      { Id: 1, Name: 'a' },
      { Id: 1, Name: 'b' },
    ];
    const cases: Refusal[] = [
      ...[records(), bulk(), bulk('/upsert')].map((path) => ({
        what: '1001 rows',
        request: send('POST', path, rows),
        status: [422],
      })),
      ...[records(), bulk()].flatMap((path) => [
        { what: '1001 rows', request: send('PATCH', path, rows), status: [422] },
        { what: '1001 rows', request: send('DELETE', path, rows), status: [422] },
        { what: 'a record twice', request: send('PATCH', path, twice), status: [422] },
        { what: 'a record twice', request: send('DELETE', path, twice), status: [422] },
      ]),
      {
        what: 'unknown and known',
        request: send('DELETE', records(), [{ Id: 1 }, { Id: 9999 }]),
        status: [404],
      },
      {
        what: 'unknown and known',
        request: send('PATCH', records(), [
          { Id: 1, Name: 'x' },
          { Id: 9999, Name: 'x' },
        ]),
        status: [404],
      },
      { what: 'no key', request: send('PATCH', records(), [{ Name: 'x' }]) },
      { what: 'no key', request: send('DELETE', records(), [{}]) },
      ...[[null], [[]], ['x'], [1], [[{}]]].map((rows) => ({
        what: JSON.stringify(rows),
        request: send('POST', bulk(), rows),
      })),
    ];
    return refused(cases);
  });

  test('that are empty do nothing', async () => {
    for (const [method, path] of [
      ['POST', records()],
      ['PATCH', records()],
      ['DELETE', records()],
      ['POST', bulk()],
      ['PATCH', bulk()],
      ['DELETE', bulk()],
      ['POST', bulk('/upsert')],
    ] as const) {
      const before = await world.watcher.fingerprint();
      const answer = await world.app.inject(send(method, path, []));
      expect([method, path, answer.status < 500]).toEqual([method, path, true]);
      expect(await world.watcher.fingerprint()).toBe(before);
    }
  });
});

describe('numbers in addresses', () => {
  const offsets = ['-1', '1.5', '1e309', 'NaN', '0x10', '１', 'x', '+1', '--1', '1,2'];
  test.each(offsets)('%s is no offset and no page', (text) =>
    refused(
      [records(), data(), data('/groupby?column_name=Name'), '/api/v2/tokens', '/api/v1/users'].flatMap(
        (path) =>
          ['offset', ...(path.includes('/tokens') ? [] : ['page'])].map((name) => ({
            what: `${name}=${text}`,
            request: get(`${path}${path.includes('?') ? '&' : '?'}${name}=${escapeLoosely(text)}`),
            status: [422],
          })),
      ),
    ),
  );

  const limits = ['0', '-1', '1.5', '1e309', 'NaN', '9223372036854775808', '1'.repeat(400), 'x'];
  test.each(limits)('%s as limit is brought within bounds', async (text) => {
    for (const path of [records(), data(), '/api/v2/tokens']) {
      const answer = await world.app.inject(get(`${path}?limit=${text}`));
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.body.pageInfo.pageSize).toBeLessThanOrEqual(1000);
    }
  });

  test('beyond every table the page is empty', async () => {
    for (const search of [
      'offset=9223372036854775808',
      `offset=${'9'.repeat(400)}`,
      'page=9007199254740993',
      'offset=9007199254740992',
    ]) {
      const answer = await world.app.inject(get(`${records()}?${search}`));
      expect([search, answer.status, answer.body.list]).toEqual([search, 200, []]);
    }
  });
});
