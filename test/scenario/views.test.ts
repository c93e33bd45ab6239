import { beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { hostileTexts, ok, wires } from '../support/structure.ts';
import { createFilms, createGrid, type Films } from '../support/views.ts';

let app: TestApp;
let owner: Awaited<ReturnType<TestApp['signUp']>>;
let films: Films;

beforeAll(async () => {
  app = await startApp();
  owner = await app.signUp();
  films = await createFilms(app, owner);
});

describe.each(wires)('grid views, $wire', ({ wire, meta }) => {
  it.each(['grids', 'views'])('are created at %s, listed, changed and deleted', async (noun) => {
    const { ask, tableId } = films;
    const title = `Made at ${noun} ${wire}`;
    const made = await ok(ask('POST', `${meta}/tables/${tableId}/${noun}`, { title, type: 3 }));
    expect(made).toMatchObject({
      title,
      type: 3,
      is_default: false,
      show_system_fields: false,
      lock_type: 'collaborative',
      fk_model_id: tableId,
      created_by: films.userId,
      owned_by: films.userId,
      meta: null,
      view: { fk_view_id: made.id, row_height: null },
    });
    expect(made.id).toMatch(/^vw/);
    const looks = { title: `New ${title}`, description: 'd', order: 7.5, meta: { frozen: 2, color: '#fff' } };
    expect(await ok(ask('PATCH', `${meta}/views/${made.id}`, looks))).toMatchObject(looks);
    const high = await ok(ask('PATCH', `${meta}/grids/${made.id}`, { row_height: 2, meta: { frozen: 3 } }));
    expect(high.view.row_height).toBe(2);
    expect(high.meta).toEqual({ frozen: 3, color: '#fff' });
    const { list } = await ok(ask('GET', `${meta}/tables/${tableId}/views`));
    expect(list.find((each: { id: string }) => each.id === made.id)).toMatchObject({
      title: `New ${title}`,
      ptn: expect.any(String),
      order: 7.5,
    });
    expect(await ok(ask('DELETE', `${meta}/views/${made.id}`))).toBe(true);
    const again = await ask('DELETE', `${meta}/views/${made.id}`);
    expect([again.status, again.body.error]).toEqual([404, 'ERR_VIEW_NOT_FOUND']);
  });

  it('keep at least one that everybody has', async () => {
    const lone = await createFilms(app, owner);
    const path = `${meta}/views/${lone.viewId}`;
    const refused = await lone.ask('DELETE', path);
    expect([refused.status, refused.body.msg]).toEqual([
      400,
      'Cannot delete the last collaborative grid view',
    ]);
    expect((await lone.ask('PATCH', path, { lock_type: 'personal' })).status).toBe(400);
    const other = await createGrid(lone, 'Other');
    await createGrid(lone, 'Mine', { lock_type: 'personal' });
    expect(await ok(lone.ask('DELETE', path))).toBe(true);
    expect((await lone.ask('DELETE', `${meta}/views/${other.id}`)).status).toBe(400);
    const { list } = await ok(lone.ask('GET', `${meta}/tables/${lone.tableId}/views`));
    expect(list.map((each: { title: string; is_default: boolean }) => [each.title, each.is_default])).toEqual(
      [
        ['Other', true],
        ['Mine', false],
      ],
    );
  });

  it('show, hide, move and widen their fields', async () => {
    const { ask, column, tableId } = films;
    const view = await createGrid(films, `Fields ${wire}`);
    const columns = `${meta}/views/${view.id}/columns`;
    const shown = async () =>
      (await ok(ask('GET', columns))).list
        .filter((each: { show: boolean }) => each.show)
        .map((each: { fk_column_id: string }) =>
          Object.keys(column).find((t) => column[t] === each.fk_column_id),
        );
    expect(await shown()).toEqual(['Id', 'Title', 'Year', 'Genre', 'Seen', 'Liked']);
    const made = await ok(ask('POST', columns, { fk_column_id: column.Year, show: true, order: 0.5 }));
    expect(made).toMatchObject({ fk_column_id: column.Year, show: true, order: 0.5, width: '180px' });
    expect(await ok(ask('PATCH', `${columns}/${made.id}`, { width: '90px' }))).toBe(1);
    const cells = await ok(ask('GET', `${meta}/grids/${view.id}/grid-columns`));
    expect(cells[0]).toMatchObject({ id: made.id, width: '90px' });
    const genre = cells.find((each: { fk_column_id: string }) => each.fk_column_id === column.Genre);
    const changes = {
      show: false,
      width: 250,
      aggregation: 'count_unique',
      group_by: true,
      group_by_order: 1,
      group_by_sort: 'desc',
    };
    expect(await ok(ask('PATCH', `${meta}/grid-columns/${genre.id}`, changes))).toBe(1);
    const after = (await ok(ask('GET', columns))).list.find((each: { id: string }) => each.id === genre.id);
    expect(after).toMatchObject({ ...changes, width: '250px' });
    expect(await shown()).toEqual(['Year', 'Id', 'Title', 'Seen', 'Liked']);
    expect(await ok(ask('POST', `${meta}/views/${view.id}/hide-all?ignoreIds=${column.Seen}`))).toBe(true);
    expect(await shown()).toEqual(['Title', 'Seen']);
    expect(await ok(ask('POST', `${meta}/views/${view.id}/show-all?ignoreIds=${column.Id}`))).toBe(true);
    expect(await shown()).toEqual(['Year', 'Title', 'Genre', 'Seen', 'Liked']);
    const records = await ok(ask('GET', `/api/v2/tables/${tableId}/records?viewId=${view.id}&limit=1`));
    expect(Object.keys(records.list[0])).toEqual(['Year', 'Id', 'Title', 'Genre', 'Seen', 'Liked']);
  });

  it('begin as a copy of another', async () => {
    const { ask, column } = films;
    const first = await createGrid(films, `First ${wire}`, { meta: { frozen: 1 }, row_height: 1 });
    await ok(ask('POST', `${meta}/views/${first.id}/columns`, { fk_column_id: column.Liked, show: false }));
    const group = await ok(
      ask('POST', `${meta}/views/${first.id}/filters`, {
        is_group: true,
        children: [
          { fk_column_id: column.Genre, comparison_op: 'eq', value: 'drama' },
          { fk_column_id: column.Year, comparison_op: 'gt', value: 2000, logical_op: 'and' },
        ],
      }),
    );
    await ok(
      ask('POST', `${meta}/views/${first.id}/sorts`, { fk_column_id: column.Year, direction: 'desc' }),
    );
    const copy = await createGrid(films, `Copy ${wire}`, { copy_from_id: first.id });
    expect(copy).toMatchObject({ meta: { frozen: 1 }, view: { row_height: 1 } });
    expect(await films.seen(copy.id)).toEqual(['Dune']);
    const filters = await ok(ask('GET', `${meta}/views/${copy.id}/filters?includeAllFilters=true`));
    expect(filters.list).toHaveLength(3);
    expect(filters.list.map((each: { id: string }) => each.id)).not.toContain(group.id);
    const cells = await ok(ask('GET', `${meta}/views/${copy.id}/columns`));
    const liked = cells.list.find((each: { fk_column_id: string }) => each.fk_column_id === column.Liked);
    expect(liked.show).toBe(false);
    expect((await ok(ask('GET', `${meta}/views/${copy.id}/sorts`))).list).toMatchObject([
      { fk_column_id: column.Year, direction: 'desc' },
    ]);
    await ok(ask('DELETE', `${meta}/filters/${group.id}`));
    expect(await films.seen(copy.id)).toEqual(['Dune']);
  });

  it('have sorts', async () => {
    const { ask, column } = films;
    const view = await createGrid(films, `Sorted ${wire}`);
    const path = `${meta}/views/${view.id}/sorts`;
    const genre = await ok(ask('POST', path, { fk_column_id: column.Genre }));
    expect(genre).toMatchObject({ direction: 'asc', order: 1, fk_view_id: view.id });
    const year = await ok(ask('POST', path, { fk_column_id: column.Year, direction: 'desc' }));
    expect(year.order).toBe(2);
    expect(await films.seen(view.id)).toEqual(['Alien', 'Brazil', 'Dune', 'Exotica', 'Casablanca']);
    const top = await ok(
      ask('POST', path, { fk_column_id: column.Liked, direction: 'desc', push_to_top: true }),
    );
    expect(top.order).toBe(1);
    const { list } = await ok(ask('GET', path));
    expect(list.map((each: { id: string; order: number }) => [each.id, each.order])).toEqual([
      [top.id, 1],
      [genre.id, 2],
      [year.id, 3],
    ]);
    expect(await ok(ask('PATCH', `${meta}/sorts/${top.id}`, { fk_column_id: column.Title }))).toBe(1);
    expect(await films.seen(view.id)).toEqual(['Exotica', 'Dune', 'Casablanca', 'Brazil', 'Alien']);
    expect(await films.seen(view.id, '&sort=Year')).toEqual([
      'Casablanca',
      'Alien',
      'Brazil',
      'Exotica',
      'Dune',
    ]);
    expect(await ok(ask('PATCH', `${meta}/sorts/${top.id}`, { direction: 'asc' }))).toBe(1);
    expect(await ok(ask('GET', `${meta}/sorts/${top.id}`))).toMatchObject({ direction: 'asc' });
    expect(await ok(ask('DELETE', `${meta}/sorts/${top.id}`))).toBe(true);
    const again = await ask('DELETE', `${meta}/sorts/${top.id}`);
    expect([again.status, again.body.msg]).toEqual([400, 'Sort not found']);
    for (const method of ['GET', 'PATCH'] as const) {
      const gone = await ask(method, `${meta}/sorts/${top.id}`, method === 'GET' ? undefined : {});
      expect([gone.status, gone.body.error, gone.body.message]).toEqual([
        404,
        'ERR_GENERIC_NOT_FOUND',
        `Sort '${top.id}' not found`,
      ]);
    }
  });
});

describe('what is refused', () => {
  const post = (body: unknown) => films.ask('POST', `/api/v2/meta/tables/${films.tableId}/grids`, body);
  const count = async () =>
    (await ok(films.ask('GET', `/api/v2/meta/tables/${films.tableId}/views`))).list.length;

  it.each<[string, unknown, number, RegExp]>([
    ['no title', {}, 400, /Invalid request body/],
    ['a number for a title', { title: 5 }, 400, /Invalid request body/],
    ['the title of another', { title: 'FILMS' }, 422, /Duplicate view title 'FILMS'/],
    ['a form', { title: 'x', type: 1 }, 400, /Only grid views/],
    ['a kanban by name', { title: 'x', type: 'kanban' }, 400, /Only grid views/],
    ['an unknown lock', { title: 'x', lock_type: 'open' }, 400, /Invalid request body/],
    ['a copy of nothing', { title: 'x', copy_from_id: 'vw0' }, 404, /View 'vw0' not found/],
    ['meta that is a list', { title: 'x', meta: [] }, 400, /Invalid request body/],
    ['meta that is no JSON', { title: 'x', meta: '{' }, 400, /JSON object/],
    ['huge meta', { title: 'x', meta: { a: 'x'.repeat(200_000) } }, 400, /too large/],
    ['half a row height', { title: 'x', row_height: 1.5 }, 400, /row_height/],
    ['a huge row height', { title: 'x', row_height: 1e9 }, 400, /row_height/],
  ])('%s', async (_what, body, status, message) => {
    const before = await count();
    const answer = await post(body);
    expect([answer.status, answer.body.msg]).toEqual([status, expect.stringMatching(message)]);
    expect(await count()).toBe(before);
  });

  it.each(hostileTexts)('or kept as it is: a title of %s', async (_what, title, accepted) => {
    const answer = await post({ title });
    expect(answer.status).toBe(accepted ? 200 : 400);
    if (!accepted) return;
    expect(answer.body.title).toBe(title);
    expect(await films.seen(answer.body.id)).toHaveLength(5);
    await ok(films.ask('DELETE', `/api/v2/meta/views/${answer.body.id}`));
  });

  it('a copy of a view of another table', async () => {
    const others = await createFilms(app, owner);
    expect((await post({ title: 'x', copy_from_id: others.viewId })).status).toBe(404);
  });

  it.each<[string, unknown, number]>([
    ['a width of letters', { width: 'wide' }, 400],
    ['a width of SQL', { width: "1px'; drop table x" }, 400],
    ['a negative width', { width: -5 }, 400],
    ['an unknown footer', { aggregation: 'magic' }, 422],
    ['a footer of another type', { aggregation: 'sum' }, 422],
    ['a prototype for a footer', { aggregation: '__proto__' }, 422],
    ['an unknown group order', { group_by_sort: 'up' }, 400],
    ['a text for a place', { order: 'first' }, 400],
    ['a text for show', { show: 'yes' }, 400],
  ])('in a field of a view: %s', async (_what, body, status) => {
    const path = `/api/v2/meta/views/${films.viewId}/columns`;
    const before = await ok(films.ask('GET', path));
    const id = `nc${films.viewId}_${films.column.Title}`;
    expect((await films.ask('PATCH', `${path}/${id}`, body)).status).toBe(status);
    expect((await films.ask('PATCH', `/api/v2/meta/grid-columns/${id}`, body)).status).toBe(status);
    expect(await ok(films.ask('GET', path))).toEqual(before);
  });

  it('unknown ids', async () => {
    const others = await createFilms(app, owner);
    const foreign = `nc${others.viewId}_${others.column.Title}`;
    const columns = `/api/v2/meta/views/${films.viewId}/columns`;
    const cases: [string, 'POST' | 'PATCH', unknown][] = [
      [`${columns}/nope`, 'PATCH', {}],
      [`${columns}/${foreign}`, 'PATCH', {}],
      [columns, 'POST', { fk_column_id: 'nope' }],
      [columns, 'POST', { fk_column_id: others.column.Title }],
      ['/api/v2/meta/grid-columns/nope', 'PATCH', {}],
      [`/api/v2/meta/grid-columns/nc${films.viewId}_nope`, 'PATCH', {}],
      ['/api/v2/meta/views/nope/show-all', 'POST', undefined],
      ['/api/v2/meta/grids/nope', 'PATCH', {}],
    ];
    for (const [path, method, body] of cases) {
      expect([path, (await films.ask(method, path, body)).status]).toEqual([path, 404]);
    }
    expect((await films.ask('POST', `/api/v2/meta/views/${films.viewId}/hide-all?ignoreIds=x`)).status).toBe(
      400,
    );
  });

  it('more views, filters and sorts than a table and a view may have', async () => {
    const view = await createGrid(films, 'Full');
    const filters = `/api/v2/meta/views/${view.id}/filters`;
    const many = Array.from({ length: 199 }, () => ({}));
    await ok(films.ask('POST', filters, { is_group: true, children: many }));
    expect((await films.ask('POST', filters, {})).status).toBe(422);
    expect((await films.ask('POST', filters, { is_group: true, children: [...many, {}] })).status).toBe(422);
    for (let i = 0; i < 50; i += 1)
      await ok(films.ask('POST', `/api/v2/meta/views/${view.id}/sorts`, { fk_column_id: films.column.Year }));
    const sort = await films.ask('POST', `/api/v2/meta/views/${view.id}/sorts`, {
      fk_column_id: films.column.Year,
    });
    expect([sort.status, sort.body.msg]).toEqual([422, expect.stringMatching(/50 sorts/)]);
    expect(await films.seen(view.id)).toHaveLength(5);
  });
});
