import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { hostileTexts, ok, wires } from '../support/structure.ts';
import { createFilms, createGrid, type Films } from '../support/views.ts';

let app: TestApp;
let films: Films;
let viewId: string;
let views = 0;

beforeAll(async () => {
  app = await startApp();
  films = await createFilms(app, await app.signUp());
});
beforeEach(async () => {
  viewId = (await createGrid(films, `View ${++views}`)).id;
});

const term = (title: string, comparison_op: string, value?: unknown, more: object = {}) => ({
  fk_column_id: films.column[title],
  comparison_op,
  ...(value === undefined ? {} : { value }),
  ...more,
});

describe.each(wires)('filters, $wire', ({ meta }) => {
  const add = (body: unknown) => ok(films.ask('POST', `${meta}/views/${viewId}/filters`, body));
  const list = async (query = '') =>
    (await ok(films.ask('GET', `${meta}/views/${viewId}/filters${query}`))).list;

  it('are joined as they say, and binds tighter', async () => {
    const first = await add(term('Genre', 'eq', 'drama'));
    expect(first).toMatchObject({
      fk_view_id: viewId,
      fk_parent_id: null,
      logical_op: null,
      comparison_op: 'eq',
      comparison_sub_op: null,
      value: 'drama',
      is_group: false,
      enabled: true,
      order: 1,
    });
    expect(await films.seen(viewId)).toEqual(['Casablanca', 'Dune', 'Exotica']);
    await add(term('Year', 'gt', 1990, { logical_op: 'and' }));
    expect(await films.seen(viewId)).toEqual(['Dune', 'Exotica']);
    await add(term('Title', 'like', 'Al', { logical_op: 'OR' }));
    expect(await films.seen(viewId)).toEqual(['Alien', 'Dune', 'Exotica']);
    expect(await films.seen(viewId, '&where=(Year,lt,2000)')).toEqual(['Alien', 'Exotica']);
    expect(await ok(films.ask('PATCH', `${meta}/filters/${first.id}`, { enabled: false }))).toBe(1);
    expect(await films.seen(viewId)).toEqual(['Alien', 'Dune', 'Exotica']);
    expect(await ok(films.ask('DELETE', `${meta}/filters/${first.id}`))).toBe(true);
    expect((await list()).map((each: { order: number }) => each.order)).toEqual([2, 3]);
    const again = await films.ask('DELETE', `${meta}/filters/${first.id}`);
    expect([again.status, again.body.msg]).toEqual([400, 'Filter not found']);
    for (const method of ['GET', 'PATCH'] as const) {
      const gone = await films.ask(method, `${meta}/filters/${first.id}`, method === 'GET' ? undefined : {});
      expect([gone.status, gone.body.error, gone.body.message]).toEqual([
        404,
        'ERR_GENERIC_NOT_FOUND',
        `Filter '${first.id}' not found`,
      ]);
    }
  });

  it('nest in groups, which come and go as a whole', async () => {
    const group = await add({
      is_group: true,
      children: [
        term('Year', 'lt', 1950),
        {
          is_group: true,
          logical_op: 'or',
          children: [
            term('Genre', 'eq', 'drama'),
            term('Liked', 'checked', undefined, { logical_op: 'and' }),
          ],
        },
      ],
    });
    expect(await films.seen(viewId)).toEqual(['Casablanca', 'Exotica']);
    expect(await list()).toHaveLength(1);
    const everything = await list('?includeAllFilters=true');
    expect(everything).toHaveLength(5);
    const { list: children } = await ok(films.ask('GET', `${meta}/filters/${group.id}/children`));
    expect(children).toMatchObject([{ comparison_op: 'lt', value: '1950' }, { is_group: true }]);
    expect(await ok(films.ask('GET', `${meta}/filters/${children[1].id}`))).toEqual(children[1]);
    const inner = children[1].id;
    const added = await add(term('Title', 'eq', 'Dune', { fk_parent_id: inner, logical_op: 'or' }));
    expect(added).toMatchObject({ fk_parent_id: inner, order: 3 });
    expect(await films.seen(viewId)).toEqual(['Casablanca', 'Dune', 'Exotica']);
    const move = { fk_parent_id: null, logical_op: 'and' };
    expect(await ok(films.ask('PATCH', `${meta}/filters/${added.id}`, move))).toBe(1);
    expect(await films.seen(viewId)).toEqual([]);
    const own = await films.ask('PATCH', `${meta}/filters/${group.id}`, { fk_parent_id: inner });
    expect([own.status, own.body.msg]).toEqual([422, 'A group of filters cannot go into itself']);
    expect(await ok(films.ask('DELETE', `${meta}/filters/${group.id}`))).toBe(true);
    expect(await list('?includeAllFilters=true')).toHaveLength(1);
    expect(await films.seen(viewId)).toEqual(['Dune']);
  });

  it('filter nothing until they are filled in', async () => {
    const made = [
      await add({}),
      await add({ fk_column_id: films.column.Year }),
      await add(term('Year', 'eq')),
      await add(term('Year', 'eq', '')),
      await add(term('Year', 'in', [])),
      await add(term('Seen', 'eq', null, { comparison_sub_op: 'daysAgo' })),
      await add({ is_group: true }),
      await add({ comparison_op: 'eq', value: 'x' }),
    ];
    expect(await films.seen(viewId)).toHaveLength(5);
    for (const { id } of made)
      expect(await ok(films.ask('GET', `${meta}/filters/${id}`))).toMatchObject({ id });
    await ok(films.ask('PATCH', `${meta}/filters/${made[2].id}`, { value: 1979 }));
    expect(await films.seen(viewId)).toEqual(['Alien']);
  });
});

describe('filters of every kind', () => {
  it.each<[string, string, unknown, object, string[]]>([
    ['Year', 'in', '1979,1985', {}, ['Alien', 'Brazil']],
    ['Year', 'in', [1979, '1942'], {}, ['Alien', 'Casablanca']],
    ['Genre', 'anyof', 'comedy', {}, ['Brazil']],
    ['Genre', 'blank', undefined, {}, ['Alien']],
    ['Genre', 'neq', 'drama', {}, ['Alien', 'Brazil']],
    ['Liked', 'notchecked', null, {}, ['Casablanca', 'Dune']],
    ['Seen', 'eq', '2022-02-02', { comparison_sub_op: 'exactDate' }, ['Dune']],
    ['Seen', 'lt', null, { comparison_sub_op: 'today' }, ['Alien', 'Casablanca', 'Dune']],
    ['Seen', 'isWithin', 1, { comparison_sub_op: 'pastNumberOfDays' }, []],
    ['Title', 'like', "'; drop table x --", {}, []],
  ])('%s %s %j', async (title, operator, value, more, expected) => {
    await ok(films.ask('POST', `/api/v2/meta/views/${viewId}/filters`, term(title, operator, value, more)));
    expect(await films.seen(viewId)).toEqual(expected);
  });

  it.each(hostileTexts.filter(([, , accepted]) => accepted))('a value of %s', async (_what, text) => {
    const made = await ok(
      films.ask('POST', `/api/v2/meta/views/${viewId}/filters`, term('Title', 'eq', text)),
    );
    expect(made.value).toBe(text);
    expect(await films.seen(viewId)).toEqual([]);
  });
});

describe('what is refused', () => {
  const deep = (levels: number): unknown =>
    levels === 0 ? {} : { is_group: true, children: [deep(levels - 1)] };

  it.each<[string, () => unknown, number, RegExp]>([
    ['an operator that is none', () => term('Year', 'foo', 1), 422, /foo is not supported/],
    [
      'one the type does not have',
      () => term('Year', 'isWithin', 1),
      422,
      /isWithin is not supported for type Number/,
    ],
    ['a prototype', () => term('Year', 'constructor', 1), 422, /not supported/],
    ['a value of another type', () => term('Year', 'eq', 'old'), 422, /Value old is not supported/],
    [
      'an unknown date word',
      () => term('Seen', 'eq', 'x', { comparison_sub_op: 'someday' }),
      422,
      /not supported/,
    ],
    ['SQL for an operator', () => term('Year', "eq'; --", 1), 400, /Invalid request body/],
    ['a NUL in a value', () => term('Title', 'eq', 'a\u0000'), 422, /./],
    ['a lone surrogate', () => term('Title', 'eq', 'a\ud800'), 422, /./],
    ['a huge value', () => term('Title', 'eq', 'x'.repeat(20_000)), 422, /too long/],
    ['an object for a value', () => term('Title', 'eq', {}), 400, /Invalid request body/],
    [
      'an unknown field',
      () => ({ fk_column_id: 'nope', comparison_op: 'eq' }),
      404,
      /Field 'nope' not found/,
    ],
    ['an unknown group', () => term('Year', 'eq', 1, { fk_parent_id: 'fi0' }), 404, /Filter 'fi0' not found/],
    ['an unknown logic', () => term('Year', 'eq', 1, { logical_op: 'xor' }), 400, /Invalid request body/],
    [
      'a group with an operator',
      () => term('Year', 'eq', 1, { is_group: true }),
      422,
      /A group of filters has no/,
    ],
    [
      'children of no group',
      () => term('Year', 'eq', 1, { is_group: false, children: [{}] }),
      422,
      /Only a group/,
    ],
    ['children that are texts', () => ({ is_group: true, children: ['x'] }), 400, /Invalid request body/],
    [
      'a bad child',
      () => ({ is_group: true, children: [{ comparison_op: 5 }] }),
      400,
      /Invalid request body/,
    ],
    ['a wrong child', () => ({ is_group: true, children: [term('Year', 'eq', 'x')] }), 422, /Value x/],
    ['30 levels', () => deep(30), 422, /nested/],
    ['190 levels', () => deep(90), 422, /nested/],
  ])('%s', async (_what, body, status, message) => {
    const path = `/api/v2/meta/views/${viewId}/filters`;
    const answer = await films.ask('POST', path, body());
    expect([answer.status, answer.body.msg]).toEqual([status, expect.stringMatching(message)]);
    expect((await ok(films.ask('GET', `${path}?includeAllFilters=true`))).list).toEqual([]);
  });

  it('changes that do the same', async () => {
    const made = await ok(
      films.ask('POST', `/api/v2/meta/views/${viewId}/filters`, term('Year', 'eq', 1979)),
    );
    const path = `/api/v2/meta/filters/${made.id}`;
    for (const body of [
      { value: 'old' },
      { comparison_op: 'isWithin' },
      { fk_column_id: films.column.Seen },
      { is_group: true },
      { fk_parent_id: made.id },
    ]) {
      expect([body, (await films.ask('PATCH', path, body)).status]).toEqual([body, 422]);
    }
    expect(await ok(films.ask('GET', path))).toEqual(made);
    expect(
      await ok(films.ask('PATCH', path, { ...made, children: [], fk_column_id: films.column.Title })),
    ).toBe(1);
    expect(await films.seen(viewId)).toEqual([]);
  });

  it('groups of another view', async () => {
    const other = await createGrid(films, `Other ${++views}`);
    const group = await ok(films.ask('POST', `/api/v2/meta/views/${other.id}/filters`, { is_group: true }));
    const body = term('Year', 'eq', 1, { fk_parent_id: group.id });
    expect((await films.ask('POST', `/api/v2/meta/views/${viewId}/filters`, body)).status).toBe(404);
  });
});
