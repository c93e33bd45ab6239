import { beforeAll, describe, expect, it, vi } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { columnOf, insert, ok } from '../support/structure.ts';
import { createFilms, createGrid, type Films } from '../support/views.ts';

let app: TestApp;
let owner: Awaited<ReturnType<TestApp['signUp']>>;

beforeAll(async () => {
  app = await startApp();
  owner = await app.signUp();
});

/** Films with a view: dramas, newest first, without Year. */
async function createDramas(): Promise<Films & { dramas: string }> {
  const films = await createFilms(app, owner);
  const { id } = await createGrid(films, 'Dramas');
  const meta = `/api/v2/meta/views/${id}`;
  const { Genre, Year } = films.column;
  await ok(
    films.ask('POST', `${meta}/filters`, { fk_column_id: Genre, comparison_op: 'eq', value: 'drama' }),
  );
  await ok(films.ask('POST', `${meta}/sorts`, { fk_column_id: Year, direction: 'desc' }));
  await ok(films.ask('POST', `${meta}/columns`, { fk_column_id: Year, show: false }));
  return { ...films, dramas: id };
}

describe('reads through a view', () => {
  let films: Films & { dramas: string };
  let records: string;
  let data: string;
  beforeAll(async () => {
    films = await createDramas();
    records = `/api/v2/tables/${films.tableId}`;
    data = `/api/v1/db/data/noco/${films.baseId}/${films.tableId}/views/${films.dramas}`;
  });
  const get = (path: string) => ok(films.ask('GET', path));

  it('list and find what it keeps, in its order, without what it hides', async () => {
    for (const path of [
      `${records}/records?viewId=${films.dramas}`,
      data,
      `${data.replace(films.dramas, 'Dramas')}`,
    ]) {
      const { list, pageInfo } = await get(path);
      expect(list.map((row: object) => Object.values(row)[1])).toEqual(['Dune', 'Exotica', 'Casablanca']);
      expect(Object.keys(list[0])).toEqual(['Id', 'Title', 'Genre', 'Seen', 'Liked']);
      expect(pageInfo.totalRows).toBe(3);
    }
    expect(await films.seen(films.dramas, '&where=(Liked,checked)')).toEqual(['Exotica']);
    expect(await films.seen(films.dramas, '&sort=Title')).toEqual(['Casablanca', 'Dune', 'Exotica']);
    expect(await films.seen(films.dramas, '&where=(Year,lt,2000)&limit=1')).toEqual(['Exotica']);
    expect((await films.seen(films.dramas, '&shuffle=1')).sort()).toEqual(['Casablanca', 'Dune', 'Exotica']);
    const named = await get(`${records}/records?viewId=${films.dramas}&fields=Year,Title&limit=1`);
    expect(named.list).toEqual([{ Title: 'Dune' }]);
    expect((await get(`${records}/records?viewId=${films.dramas}&fields=Year`)).list).toHaveLength(3);
    expect(await get(`${data}/find-one?fields=Title`)).toEqual({ Title: 'Dune' });
    expect(await get(`${data}/1?fields=Title,Year`)).toEqual({ Title: 'Alien' });
    expect(Object.keys(await get(`${records}/records/1?viewId=${films.dramas}`))).not.toContain('Year');
  });

  it('count, aggregate and group what it keeps', async () => {
    expect(await get(`${records}/records/count?viewId=${films.dramas}`)).toEqual({ count: 3 });
    expect(await get(`${data}/count?where=(Year,gt,1990)`)).toEqual({ count: 2 });
    const aggregation = encodeURIComponent(JSON.stringify([{ field: 'Year', type: 'max' }]));
    expect(await get(`${records}/aggregate?viewId=${films.dramas}&aggregation=${aggregation}`)).toEqual({
      Year: 2021,
    });
    expect((await get(`${data}/groupby?column_name=Liked`)).list).toHaveLength(3);
    expect(await get(`${data}/groupby/count?column_name=Genre`)).toBe(1);
    const [group] = await get(`${data}/group/${films.column.Genre}`);
    expect(group.value.list.map((row: { Title: string }) => row.Title)).toEqual([
      'Dune',
      'Exotica',
      'Casablanca',
    ]);
    const bulk = await films.ask('POST', `${records}/bulk/datalist?viewId=${films.dramas}`, [{ alias: 'a' }]);
    expect(bulk.body.a.pageInfo.totalRows).toBe(3);
  });

  it('export what people see', async () => {
    const answer = await films.ask('GET', `${data}/export/csv`);
    const [titles, ...rows] = answer.text.trimEnd().split('\r\n');
    expect(titles).toBe('Id,Title,Genre,Seen,Liked');
    expect(rows.map((row) => row.split(',')[1])).toEqual(['Dune', 'Exotica', 'Casablanca']);
    await ok(
      films.ask('POST', `/api/v2/meta/views/${films.dramas}/columns`, {
        fk_column_id: films.column.Id,
        show: 0,
      }),
    );
    expect((await films.ask('GET', `${data}/export/csv`)).text.split('\r\n')[1]).toMatch(/^Dune,/);
    expect((await get(`${data}/find-one`)).Id).toBe(4);
    await ok(films.ask('POST', `/api/v2/meta/views/${films.dramas}/hide-all`));
    await ok(
      films.ask('POST', `/api/v2/meta/views/${films.dramas}/columns`, {
        fk_column_id: films.column.Title,
        show: 0,
      }),
    );
    expect(Object.keys((await get(data)).list[0])).toEqual(['Id']);
    expect((await films.ask('GET', `${data}/export/csv`)).text.split('\r\n')[0]).toBe('Id');
    await ok(films.ask('POST', `/api/v2/meta/views/${films.dramas}/show-all`));
  });

  it('show system fields only when the view says so', async () => {
    const path = `/api/v2/meta/views/${films.dramas}`;
    await ok(films.ask('PATCH', path, { show_system_fields: true }));
    const { list } = await get(`${data}?limit=1`);
    expect(Object.keys(list[0])).toContain('nc_order');
    await ok(films.ask('PATCH', path, { show_system_fields: 0 }));
    expect(Object.keys((await get(`${data}?limit=1`)).list[0])).not.toContain('CreatedAt');
  });

  it('write only what it keeps', async () => {
    const bulk = `/api/v1/db/data/bulk/noco/${films.baseId}/${films.tableId}/views/${films.dramas}/all`;
    expect(await ok(films.ask('PATCH', bulk, { Liked: true }))).toBe(3);
    const removed = await ok(films.ask('DELETE', `${bulk}?where=(Year,lt,1950)`));
    expect(removed.map((row: { Title: string }) => row.Title)).toEqual(['Casablanca']);
    expect((await get(`${records}/records/count`)).count).toBe(4);
  });

  it('ask the database for nothing but records', async () => {
    const load = vi.spyOn(app.core.stores.bases, 'load');
    const look = vi.spyOn(app.core.stores.bases, 'baseOfView');
    for (let i = 0; i < 5; i += 1) {
      await films.seen(films.dramas);
      await get(`${data}/count`);
    }
    expect([load.mock.calls, look.mock.calls]).toEqual([[], []]);
    vi.restoreAllMocks();
  });
});

describe('views follow their table', () => {
  it('a new field is shown at the end of every view', async () => {
    const films = await createDramas();
    const before = films.column;
    const table = await ok(
      films.ask('POST', `/api/v2/meta/tables/${films.tableId}/columns`, { title: 'Notes', uidt: 'LongText' }),
    );
    const added = columnOf(table, 'Notes').id;
    for (const view of [films.dramas, films.viewId]) {
      const { list } = await ok(films.ask('GET', `/api/v2/meta/views/${view}/columns`));
      expect(list.at(-1)).toMatchObject({ fk_column_id: added, show: true });
      expect(list).toHaveLength(Object.keys(before).length + 1);
    }
    const columns = `/api/v2/meta/views/${films.dramas}/columns`;
    await ok(films.ask('POST', columns, { fk_column_id: added, width: 50 }));
    await ok(
      films.ask('POST', `/api/v2/meta/tables/${films.tableId}/columns`, { title: 'More', uidt: 'URL' }),
    );
    const { list } = await ok(films.ask('GET', columns));
    expect(list.at(-2)).toMatchObject({ fk_column_id: added, width: '50px' });
    expect(new Set(list.map((each: { order: number }) => each.order)).size).toBe(list.length);
  });

  it('a deleted field takes its filters, sorts and place along', async () => {
    const films = await createDramas();
    const { Genre, Year } = films.column;
    const meta = `/api/v2/meta/views/${films.dramas}`;
    await ok(films.ask('DELETE', `/api/v2/meta/columns/${Year}`));
    expect((await ok(films.ask('GET', `${meta}/sorts`))).list).toEqual([]);
    const { list } = await ok(films.ask('GET', `${meta}/columns`));
    expect(list.map((each: { fk_column_id: string }) => each.fk_column_id)).not.toContain(Year);
    expect(await films.seen(films.dramas)).toEqual(['Casablanca', 'Dune', 'Exotica']);
    await ok(films.ask('DELETE', `/api/v2/meta/columns/${Genre}`));
    expect((await ok(films.ask('GET', `${meta}/filters?includeAllFilters=true`))).list).toEqual([]);
    expect(await films.seen(films.dramas)).toHaveLength(5);
  });

  it('a field of another type keeps the filters and the footer it understands', async () => {
    const films = await createFilms(app, owner);
    const table = await ok(
      films.ask('POST', `/api/v2/meta/tables/${films.tableId}/columns`, {
        title: 'Code',
        uidt: 'SingleLineText',
        cdf: '7',
      }),
    );
    const code = columnOf(table, 'Code').id;
    const meta = `/api/v2/meta/views/${films.viewId}`;
    const term = (comparison_op: string, value?: unknown) => ({
      fk_column_id: code,
      comparison_op,
      value: value ?? null,
      logical_op: 'or',
    });
    const children = [
      term('eq', '7'),
      term('eq', 'abc'),
      term('allof', '1,2'),
      term('blank'),
      term('gt', '5'),
    ];
    await ok(films.ask('POST', `${meta}/filters`, { is_group: true, children }));
    await ok(films.ask('POST', `${meta}/sorts`, { fk_column_id: code }));
    await ok(films.ask('POST', `${meta}/columns`, { fk_column_id: code, aggregation: 'count_unique' }));
    const kept = async () =>
      (await ok(films.ask('GET', `${meta}/filters?includeAllFilters=true`))).list
        .filter((each: { is_group: boolean }) => !each.is_group)
        .map((each: { comparison_op: string; value: unknown }) => [each.comparison_op, each.value]);
    const footer = async () =>
      (await ok(films.ask('GET', `${meta}/columns`))).list.find(
        (each: { fk_column_id: string }) => each.fk_column_id === code,
      ).aggregation;
    await ok(films.ask('PATCH', `/api/v2/meta/columns/${code}`, { uidt: 'Number' }));
    expect(await kept()).toEqual([
      ['eq', '7'],
      ['blank', null],
      ['gt', '5'],
    ]);
    expect(await footer()).toBe('count_unique');
    expect(await films.seen(films.viewId)).toHaveLength(5);
    await ok(films.ask('PATCH', `${meta}/columns/nc${films.viewId}_${code}`, { aggregation: 'sum' }));
    await ok(films.ask('PATCH', `/api/v2/meta/columns/${code}`, { uidt: 'LongText' }));
    expect(await footer()).toBeNull();
    expect((await ok(films.ask('GET', `${meta}/sorts`))).list).toHaveLength(1);
    expect(await films.seen(films.viewId)).toHaveLength(5);
  });

  it('a deleted table and a deleted base leave nothing behind', async () => {
    const rows = async () => {
      const base = await app.core.stores.bases.list();
      const loaded = await Promise.all(base.map(({ id }) => app.core.stores.bases.load(id)));
      return loaded.map((each) =>
        [each?.views, each?.viewColumns, each?.filters, each?.sorts].map((x) => x?.length),
      );
    };
    const before = await rows();
    const films = await createDramas();
    await ok(films.ask('DELETE', `/api/v2/meta/tables/${films.tableId}`));
    expect((await rows()).at(-1)).toEqual([0, 0, 0, 0]);
    await ok(films.ask('DELETE', `/api/v2/meta/bases/${films.baseId}`));
    expect(await rows()).toEqual(before);
  });

  it('a change is seen by the next read', async () => {
    const films = await createDramas();
    await insert(films.ask, films.tableId, [{ Title: 'Fargo', Year: 1996, Genre: 'comedy' }]);
    const [filter] = (await ok(films.ask('GET', `/api/v2/meta/views/${films.dramas}/filters`))).list;
    for (const [value, expected] of [
      ['comedy', ['Fargo', 'Brazil']],
      ['drama', ['Dune', 'Exotica', 'Casablanca']],
    ] as const) {
      await ok(films.ask('PATCH', `/api/v1/db/meta/filters/${filter.id}`, { value }));
      expect(await films.seen(films.dramas)).toEqual(expected);
    }
  });
});
