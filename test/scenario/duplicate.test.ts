import { beforeAll, describe, expect, it } from 'vitest';
import { type BaseRole, baseRoles } from '../../vocabulary/roles.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { makeFolder } from '../support/folder.ts';
import { as, columnOf, createBase, createTable, insert, ok, wires } from '../support/structure.ts';
import { createFilms, createGrid, type Films, finished } from '../support/views.ts';

let app: TestApp;
let owner: Awaited<ReturnType<TestApp['signUp']>>;

beforeAll(async () => {
  app = await startApp();
  owner = await app.signUp();
});

const recordsOf = async (films: Pick<Films, 'ask'>, tableId: string) =>
  (await ok(films.ask('GET', `/api/v2/tables/${tableId}/records?limit=1000&sort=Id`))).list;

async function addDramas(films: Films): Promise<string> {
  const view = await createGrid(films, 'Dramas', { meta: { frozen: 1 } });
  const { Genre, Year } = films.column;
  const path = `/api/v2/meta/views/${view.id}`;
  const drama = { fk_column_id: Genre, comparison_op: 'eq', value: 'drama' };
  await ok(films.ask('POST', `${path}/filters`, { is_group: true, children: [drama] }));
  await ok(films.ask('POST', `${path}/sorts`, { fk_column_id: Year, direction: 'desc' }));
  await ok(films.ask('POST', `${path}/columns`, { fk_column_id: Year, show: false, width: '77px' }));
  return view.id;
}

const titles = (list: { title: string }[]) => list.map((each) => each.title);

describe.each(wires)('copies, $wire', ({ meta }) => {
  it('of a table: fields, records and views with filters and sorts', async () => {
    const films = await createFilms(app, owner);
    await addDramas(films);
    const { id } = await ok(films.ask('POST', `${meta}/duplicate/${films.baseId}/table/${films.tableId}`));
    const job = await finished(films.ask, films.baseId, id);
    expect(job).toMatchObject({ job: 'duplicate-model', status: 'completed', progress: null });
    expect(job.result).toMatchObject({ title: 'Films copy', rows: 5 });
    const copy = await ok(films.ask('GET', `${meta}/tables/${job.result.id}`));
    expect(copy.title).toBe('Films copy');
    const origin = await ok(films.ask('GET', `${meta}/tables/${films.tableId}`));
    expect(titles(copy.columns)).toEqual(titles(origin.columns));
    expect(copy.table_name).not.toBe(origin.table_name);
    expect(await recordsOf(films, copy.id)).toEqual(await recordsOf(films, films.tableId));
    expect(titles(copy.views)).toEqual(['Films copy', 'Dramas']);
    const dramas = copy.views[1].id;
    const { list } = await ok(films.ask('GET', `/api/v2/tables/${copy.id}/records?viewId=${dramas}`));
    expect(list.map((row: { Title: string }) => row.Title)).toEqual(['Dune', 'Exotica', 'Casablanca']);
    expect(Object.keys(list[0])).not.toContain('Year');
    const cells = await ok(films.ask('GET', `${meta}/views/${dramas}/columns`));
    const year = cells.list.find(
      (each: { fk_column_id: string }) => each.fk_column_id === columnOf(copy, 'Year').id,
    );
    expect(year.width).toBe('77px');
    // both go their own ways
    await insert(films.ask, copy.id, [{ Title: 'Fargo' }]);
    expect(await recordsOf(films, films.tableId)).toHaveLength(5);
    expect((await recordsOf(films, copy.id)).at(-1).Id).toBe(6);
    const again = await ok(films.ask('POST', `${meta}/duplicate/${films.baseId}/table/${films.tableId}`));
    expect((await finished(films.ask, films.baseId, again.id)).result.title).toBe('Films copy 2');
  });

  it('of a table without records or views', async () => {
    const films = await createFilms(app, owner);
    await addDramas(films);
    const options = { excludeData: true, excludeViews: true, excludeHooks: true };
    const path = `${meta}/duplicate/${films.baseId}/table/${films.tableId}`;
    const { id } = await ok(films.ask('POST', path, { title: 'Bare', options }));
    const { result } = await finished(films.ask, films.baseId, id);
    expect(result).toMatchObject({ title: 'Bare', rows: 0 });
    expect(await recordsOf(films, result.id)).toEqual([]);
    const copy = await ok(films.ask('GET', `${meta}/tables/${result.id}`));
    expect(copy.views).toMatchObject([{ title: 'Bare', is_default: true }]);
  });

  it('of a field with its values', async () => {
    const films = await createFilms(app, owner);
    const path = `${meta}/duplicate/${films.baseId}/column`;
    const { id } = await ok(films.ask('POST', `${path}/${films.column.Genre}`));
    const { result } = await finished(films.ask, films.baseId, id);
    expect(result.title).toBe('Genre copy');
    const rows = await recordsOf(films, films.tableId);
    expect(rows.map((row: Record<string, unknown>) => row['Genre copy'])).toEqual(
      rows.map((row: Record<string, unknown>) => row.Genre),
    );
    const table = await ok(films.ask('GET', `${meta}/tables/${films.tableId}`));
    const copy = columnOf(table, 'Genre copy');
    expect(copy).toMatchObject({ pv: false, pk: false, uidt: 'SingleSelect' });
    expect(copy.colOptions.options).toHaveLength(2);
    const bare = await ok(
      films.ask('POST', `${path}/${films.column.Title}`, { options: { excludeData: true } }),
    );
    await finished(films.ask, films.baseId, bare.id);
    expect((await recordsOf(films, films.tableId))[0]['Title copy']).toBeNull();
    for (const title of ['Id', 'CreatedAt', 'nc_order']) {
      const refused = await films.ask('POST', `${path}/${films.column[title]}`);
      expect([refused.status, refused.body.msg]).toEqual([
        400,
        expect.stringMatching(/cannot be duplicated/),
      ]);
    }
  });

  it('of a base: all tables, for its maker alone', async () => {
    const films = await createFilms(app, owner);
    await addDramas(films);
    await createTable(films.ask, films.baseId, 'Actors', [{ title: 'Name', uidt: 'Email' }]);
    const answer = await ok(films.ask('POST', `${meta}/duplicate/${films.baseId}`));
    const { result, status } = await finished(films.ask, films.baseId, answer.id);
    expect([status, result]).toMatchObject(['completed', { id: answer.base_id, tables: 2, rows: 5 }]);
    const { list } = await ok(films.ask('GET', `/api/v2/meta/bases/${answer.base_id}/tables`));
    expect(titles(list)).toEqual(['Films', 'Actors']);
    expect(await recordsOf(films, list[0].id)).toEqual(await recordsOf(films, films.tableId));
    const copy = await ok(films.ask('GET', `${meta}/tables/${list[0].id}`));
    expect(titles(copy.views)).toEqual(['Films', 'Dramas']);
    const base = await ok(films.ask('GET', `/api/v2/meta/bases/${answer.base_id}`));
    expect(base.title).toMatch(/^Cinema \d+ copy$/);
    const source = base.sources[0].id;
    const options = { excludeData: true };
    const again = await ok(films.ask('POST', `${meta}/duplicate/${base.id}/${source}`, { options }));
    const empty = await finished(films.ask, base.id, again.id);
    expect(empty.result).toMatchObject({ tables: 2, rows: 0 });
    expect((await films.ask('POST', `${meta}/duplicate/${base.id}/b0`)).status).toBe(404);
  });
});

describe('copies keep', () => {
  it('keys, unique fields, numbers and references', async () => {
    const ask = as(app, owner.jwt);
    const base = await createBase(ask, 'Keys');
    const table = await createTable(ask, base.id, 'Order lines', [
      { title: 'Order', uidt: 'Number', pk: true },
      { title: 'Line', uidt: 'SingleLineText', pk: true },
      { title: 'Code', uidt: 'SingleLineText', unique: true },
      { title: 'No', uidt: 'AutoNumber' },
    ]);
    const rows = Array.from({ length: 25 }, (_, i) => ({ Order: i % 5, Line: `l${i}`, Code: `c${i}` }));
    await insert(ask, table.id, rows);
    const { id } = await ok(ask('POST', `/api/v2/meta/duplicate/${base.id}/table/${table.id}`));
    const { result } = await finished(ask, base.id, id);
    expect(result.rows).toBe(25);
    const path = `/api/v2/tables/${result.id}/records`;
    expect((await ask('POST', path, { Order: 9, Line: 'x', Code: 'c3' })).status).toBe(400);
    await ok(ask('POST', path, { Order: 9, Line: 'x', Code: 'new' }));
    expect((await ok(ask('GET', `${path}?where=(Code,eq,new)`))).list[0].No).toBe(26);
    const copied = await ok(
      ask('POST', `/api/v2/meta/duplicate/${base.id}/column/${columnOf(table, 'Code').id}`),
    );
    const column = (await finished(ask, base.id, copied.id)).result;
    expect(column.title).toBe('Code copy');
    const clash = { Order: 8, Line: 'y', Code: 'z', 'Code copy': 'c3' };
    expect((await ask('POST', `/api/v2/tables/${table.id}/records`, clash)).status).toBe(400);
  });

  it('more records than go in one piece', async () => {
    const ask = as(app, owner.jwt);
    const base = await createBase(ask, 'Large');
    const table = await createTable(ask, base.id, 'Rows', [{ title: 'N', uidt: 'Number' }]);
    for (let start = 0; start < 25_000; start += 5_000)
      await insert(
        ask,
        table.id,
        Array.from({ length: 5_000 }, (_, i) => ({ N: start + i })),
      );
    const { id } = await ok(ask('POST', `/api/v2/meta/duplicate/${base.id}/table/${table.id}`));
    const { result } = await finished(ask, base.id, id);
    expect(result.rows).toBe(25_000);
    const aggregation = encodeURIComponent(JSON.stringify([{ field: 'N', type: 'count_unique' }]));
    expect(await ok(ask('GET', `/api/v2/tables/${result.id}/aggregate?aggregation=${aggregation}`))).toEqual({
      N: 25_000,
    });
    expect((await ok(ask('GET', `/api/v2/tables/${result.id}/records/count`))).count).toBe(25_000);
  });
});

describe('what is refused', () => {
  it('by role, and for who may not create bases', async () => {
    const films = await createFilms(app, owner);
    for (const role of [...baseRoles, 'stranger'] as (BaseRole | 'stranger')[]) {
      const person = await app.signUp(`copy-${role}@example.org`);
      const ask = as(app, person.jwt);
      if (role !== 'stranger')
        await ok(
          films.ask('POST', `/api/v2/meta/bases/${films.baseId}/users`, { email: person.email, roles: role }),
        );
      const fine = role === 'owner' || role === 'creator';
      const path = `/api/v2/meta/duplicate/${films.baseId}`;
      const table = await ask('POST', `${path}/table/${films.tableId}`, { options: { excludeData: true } });
      const column = await ask('POST', `${path}/column/${films.column.Year}`, {});
      expect([role, table.status, column.status]).toEqual([role, fine ? 200 : 403, fine ? 200 : 403]);
      if (fine) {
        await finished(ask, films.baseId, table.body.id);
        await finished(ask, films.baseId, column.body.id);
      }
      const refused = await ask('POST', path);
      expect([role, refused.status]).toEqual([role, 403]);
    }
  });

  it('unknown ids, bad bodies and titles that are taken', async () => {
    const films = await createFilms(app, owner);
    const others = await createFilms(app, owner);
    const path = `/api/v2/meta/duplicate/${films.baseId}`;
    for (const [suffix, body, status] of [
      ['/table/nope', {}, 404],
      [`/table/${others.tableId}`, {}, 404],
      [`/column/${others.column.Year}`, {}, 404],
      ['', { options: 5 }, 400],
      ['', { title: '' }, 400],
      [`/table/${films.tableId}`, { options: { excludeData: 'yes' } }, 400],
    ] as const) {
      expect([suffix, body, (await films.ask('POST', `${path}${suffix}`, body)).status]).toEqual([
        suffix,
        body,
        status,
      ]);
    }
    expect((await films.ask('POST', '/api/v2/meta/duplicate/nope', {})).status).toBe(404);
    const clash = await ok(films.ask('POST', `${path}/table/${films.tableId}`, { title: 'films' }));
    const job = await finished(films.ask, films.baseId, clash.id);
    expect([job.status, job.result.code]).toEqual(['failed', 'DUPLICATE_IN_ALIAS']);
    expect((await ok(films.ask('GET', `/api/v2/meta/bases/${films.baseId}/tables`))).list).toHaveLength(1);
  });
});

describe('after a crash', () => {
  it('what was unfinished is removed and the job has failed', async () => {
    const films = await createFilms(app, owner);
    const copy = await createTable(films.ask, films.baseId, 'Half', []);
    const job = {
      id: 'jobcrashed',
      baseId: films.baseId,
      kind: 'duplicate-model',
      status: 'active' as const,
      userId: films.userId,
      progress: { upload: 'gone', unfinishedTableId: copy.id },
      result: null,
      createdAt: 1,
      updatedAt: 1,
    };
    await app.core.stores.jobs.insert(job);
    const next = await startApp({ folder: app.folder });
    const found = await next.core.stores.jobs.find('jobcrashed');
    expect([found?.status, found?.result]).toMatchObject(['failed', { code: 'UNAVAILABLE' }]);
    await next.close();
    const { list } = await ok(films.ask('GET', `/api/v2/meta/bases/${films.baseId}/tables`));
    expect(titles(list)).toEqual(['Films']);
  });

  it('a server that stops leaves no half copy behind', async () => {
    const folder = makeFolder();
    const own = await startApp({ folder: folder.path });
    const films = await createFilms(own, await own.signUp());
    const rows = Array.from({ length: 5_000 }, (_, i) => ({ Title: `t${i}` }));
    for (let i = 0; i < 5; i += 1) await insert(films.ask, films.tableId, rows);
    const { id, base_id } = await ok(films.ask('POST', `/api/v2/meta/duplicate/${films.baseId}`));
    await own.close();
    const next = await startApp({ folder: folder.path });
    const job = await next.core.stores.jobs.find(id);
    const copy = await next.core.snapshot.findBase(base_id);
    expect([job?.status, copy === undefined]).toEqual(
      copy === undefined ? ['failed', true] : ['completed', false],
    );
    await next.close();
    folder.remove();
  });
});
