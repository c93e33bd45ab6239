import { afterEach, describe, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import {
  type Connected,
  connectForeign,
  type ForeignDatabase,
  finishJob,
  openForeign,
  tableIds,
} from '../support/foreign.ts';
import { fillShop } from '../support/foreignShop.ts';
import { testEngine } from '../support/testEngine.ts';

const open: ForeignDatabase[] = [];
const apps: TestApp[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
  for (const foreign of open.splice(0)) await foreign.close();
});

async function openShop(
  more: Record<string, unknown> = {},
): Promise<Connected & { foreign: ForeignDatabase }> {
  const foreign = await openForeign();
  open.push(foreign);
  await fillShop(foreign);
  const app = await startApp({ env: foreign.env });
  apps.push(app);
  return { ...(await connectForeign(app, foreign, more)), foreign };
}

/** Drivers give decimals as text and counts as they like. */
const numbers = (rows: Record<string, unknown>[], ...names: string[]) =>
  rows.map((row) => ({ ...row, ...Object.fromEntries(names.map((name) => [name, Number(row[name])])) }));

const countOf = async (foreign: ForeignDatabase, table: string): Promise<number> =>
  Number((await foreign.rows(`select count(*) as n from "${table}"`))[0]?.n);

/** What the driver must find after a change of customer 2, in the words of its engine. */
const changedCustomer = {
  sqlite:
    "select 1 from customer where id = 2 and seen = '2022-02-03 03:05:06' and vip = 1 and since = '2022-02-03'",
  postgres:
    "select 1 from customer where id = 2 and seen = '2022-02-03 04:05:06+01' and vip and since = '2022-02-03'",
  mysql:
    "select 1 from customer where id = 2 and seen = '2022-02-03 03:05:06' and vip = 1 and since = '2022-02-03'",
}[testEngine];

const records = (tableId: string | undefined) => `/api/v2/tables/${tableId}/records`;

describe(`an existing database: ${testEngine}`, () => {
  test('its tables are read with keys, types and values', async () => {
    const { app, jwt, tables } = await openShop();
    expect(Object.keys(tables).sort()).toEqual(['customer', 'log', 'order', 'order line', 'vips']);
    const list = await app.inject({ method: 'GET', path: records(tables.customer), jwt });
    expect(list.body.list).toEqual([
      {
        id: 1,
        name: 'Ann',
        email: 'ann@example.org',
        vip: true,
        since: '2020-01-02',
        seen: '2020-01-02 03:04:05+00:00',
        rate: 12.5,
        note: 'cafe',
      },
      {
        id: 2,
        name: 'Bob',
        email: null,
        vip: false,
        since: null,
        seen: '2021-05-06 05:08:09+00:00',
        rate: 0.1,
        note: null,
      },
    ]);
    const meta = await app.inject({ method: 'GET', path: `/api/v2/meta/tables/${tables.customer}`, jwt });
    const column = (name: string) => meta.body.columns.find((each: { title: string }) => each.title === name);
    expect(column('id')).toMatchObject({ uidt: 'ID', pk: true, ai: true });
    expect(column('name')).toMatchObject({ uidt: 'SingleLineText', rqd: true, pv: true });
    expect(column('email')).toMatchObject({ uidt: 'SingleLineText', unique: true, rqd: false });
    expect(column('vip')).toMatchObject({ uidt: 'Checkbox', rqd: false });
    expect(column('note')).toMatchObject({ uidt: 'LongText', readonly: true });
  });

  test('filters, sorts, groups and counts work on them', async () => {
    const { app, jwt, tables } = await openShop();
    const ask = (query: string) =>
      app.inject({ method: 'GET', path: `${records(tables.customer)}?${query}`, jwt });
    const titles = async (query: string) =>
      (await ask(query)).body.list.map((row: { name: string }) => row.name);
    expect(await titles('where=(vip,checked)')).toEqual(['Ann']);
    expect(await titles('where=(rate,lt,1)')).toEqual(['Bob']);
    expect(await titles('where=(seen,gt,exactDate,2021-01-01)')).toEqual(['Bob']);
    expect(await titles('where=(email,eq,ann@example.org)')).toEqual(['Ann']);
    expect(await titles('where=(id,in,2,7)')).toEqual(['Bob']);
    expect(await titles('sort=rate')).toEqual(['Bob', 'Ann']);
    expect((await ask('limit=1&offset=1')).body.pageInfo).toMatchObject({ totalRows: 2, isLastPage: true });
  });

  test('records are written with the defaults and rules of the file', async () => {
    const { app, jwt, tables, foreign } = await openShop();
    const path = records(tables.order);
    const made = await app.inject({
      method: 'POST',
      path,
      jwt,
      body: [{ customer_id: 1 }, { customer_id: 2, state: 'paid', total: '99.95' }],
    });
    expect(made.status, made.text).toBe(200);
    const written = await foreign.rows('select * from "order" where id > 11 order by id');
    expect(numbers(written, 'total', 'doubled')).toEqual([
      { id: 12, customer_id: 1, total: 1.5, state: 'new', doubled: 3 },
      { id: 13, customer_id: 2, total: 99.95, state: 'paid', doubled: 199.9 },
    ]);
    const bad = await app.inject({ method: 'POST', path, jwt, body: { customer_id: 77 } });
    expect(bad.status, bad.text).toBeGreaterThanOrEqual(400);
    expect(bad.status, bad.text).toBeLessThan(500);
    const computed = await app.inject({ method: 'POST', path, jwt, body: { customer_id: 1, doubled: 4 } });
    expect(computed.status).toBe(400);
    const twice = await app.inject({
      method: 'PATCH',
      path: records(tables.customer),
      jwt,
      body: { id: 2, email: 'ann@example.org' },
    });
    expect(twice.body.error).toBe('FIELD_UNIQUE_CONSTRAINT_VIOLATION');
    const seen = await app.inject({
      method: 'PATCH',
      path: records(tables.customer),
      jwt,
      body: { id: 2, seen: '2022-02-03 04:05:06+01:00', vip: true, since: '2022-02-03' },
    });
    expect(seen.status, seen.text).toBe(200);
    const shown = await app.inject({
      method: 'GET',
      path: `${records(tables.customer)}/2?fields=seen,vip,since`,
      jwt,
    });
    expect(shown.body).toEqual({ seen: '2022-02-03 03:05:06+00:00', vip: true, since: '2022-02-03' });
    expect(await foreign.rows(changedCustomer)).toHaveLength(1);
    const gone = await app.inject({ method: 'DELETE', path, jwt, body: [{ id: 12 }, { id: 13 }] });
    expect(gone.status, gone.text).toBe(200);
    expect(await countOf(foreign, 'order')).toBe(2);
  });

  test('a key of several columns, names of any kind', async () => {
    const { app, jwt, tables, foreign } = await openShop();
    const path = records(tables['order line']);
    const one = await app.inject({ method: 'GET', path: `${path}/10___2`, jwt });
    expect(one.body).toEqual({ order: 10, pos: 2, 'Art"icle\'s 名': 'two' });
    const changed = await app.inject({
      method: 'PATCH',
      path,
      jwt,
      body: { order: 10, pos: 2, 'Art"icle\'s 名': "2'); drop table log; --" },
    });
    expect(changed.status, changed.text).toBe(200);
    expect(await foreign.rows('select * from "order line" where pos = 2')).toEqual([
      { order: 10, pos: 2, 'Art"icle\'s 名': "2'); drop table log; --" },
    ]);
    const made = await app.inject({ method: 'POST', path, jwt, body: { order: 11, pos: 1 } });
    expect(made.status, made.text).toBe(200);
  });

  test('foreign keys are references', async () => {
    const { app, tables } = await openShop();
    const order = await app.core.snapshot.findTable(tables.order ?? '');
    const column = order?.table.columns.find((each) => each.name === 'customer_id');
    expect(column?.references?.tableId).toBe(tables.customer);
  });

  test.each(['log', 'vips'])('%s has no key and is only read', async (name) => {
    const { app, jwt, tables } = await openShop();
    const list = await app.inject({ method: 'GET', path: records(tables[name]), jwt });
    expect(list.body.list).toHaveLength(1);
    const answer = await app.inject({
      method: 'POST',
      path: records(tables[name]),
      jwt,
      body: { name: 'x', message: 'x' },
    });
    expect([answer.status, answer.body.error]).toEqual([403, 'ERR_FORBIDDEN']);
  });

  test('a read-only source refuses every write of records', async () => {
    const { app, jwt, tables, foreign, baseId, sourceId } = await openShop({ is_data_readonly: true });
    const path = records(tables.customer);
    for (const [method, body] of [
      ['POST', { name: 'x' }],
      ['PATCH', { id: 1, name: 'x' }],
      ['DELETE', { id: 1 }],
    ] as const) {
      const answer = await app.inject({ method, path, jwt, body });
      expect([answer.status, answer.body.message]).toEqual([403, "Forbidden - Source 'shop' is read-only"]);
    }
    expect(await countOf(foreign, 'customer')).toBe(2);
    const opened = await app.inject({
      method: 'PATCH',
      path: `/api/v2/meta/bases/${baseId}/sources/${sourceId}`,
      jwt,
      body: { is_data_readonly: false, alias: 'open shop' },
    });
    expect(opened.body).toMatchObject({
      alias: 'open shop',
      is_data_readonly: false,
      is_schema_readonly: true,
    });
    expect((await app.inject({ method: 'PATCH', path, jwt, body: { id: 1, name: 'x' } })).status).toBe(200);
  });

  test('its shape is not ours to change, its looks are', async () => {
    const { app, jwt, tables, baseId, sourceId } = await openShop();
    const table = `/api/v2/meta/tables/${tables.customer}`;
    const meta = await app.inject({ method: 'GET', path: table, jwt });
    const [id, name] = meta.body.columns;
    const refused = [
      { method: 'DELETE', path: table },
      { method: 'POST', path: `${table}/columns`, body: { title: 'x', uidt: 'Number' } },
      { method: 'DELETE', path: `/api/v2/meta/columns/${name.id}` },
      { method: 'PATCH', path: `/api/v2/meta/columns/${name.id}`, body: { title: 'name', uidt: 'Number' } },
      { method: 'PATCH', path: `/api/v2/meta/columns/${name.id}`, body: { rqd: false } },
      {
        method: 'POST',
        path: `/api/v2/meta/bases/${baseId}/${sourceId}/tables`,
        body: { title: 'x', columns: [] },
      },
      { method: 'POST', path: `/api/v2/meta/duplicate/${baseId}/table/${tables.customer}`, body: {} },
      { method: 'POST', path: `/api/v2/meta/duplicate/${baseId}`, body: {} },
    ] as const;
    for (const request of refused) {
      const answer = await app.inject({ jwt, ...request });
      expect([answer.status, answer.body.error], request.path).toEqual([403, 'ERR_FORBIDDEN']);
    }
    const renamed = await app.inject({
      method: 'PATCH',
      path: `/api/v2/meta/columns/${name.id}`,
      jwt,
      body: { ...name, title: 'Full name', description: 'how they sign' },
    });
    expect(renamed.status, renamed.text).toBe(200);
    await app.inject({ method: 'PATCH', path: table, jwt, body: { title: 'People' } });
    expect(
      (await app.inject({ method: 'POST', path: `/api/v2/meta/columns/${id.id}/primary`, jwt })).status,
    ).toBe(200);
    const list = await app.inject({
      method: 'GET',
      path: `${records(tables.customer)}?fields=Full name`,
      jwt,
    });
    expect(list.body.list).toEqual([{ 'Full name': 'Ann' }, { 'Full name': 'Bob' }]);
  });

  test('what changed outside is told and taken over', async () => {
    const { app, jwt, tables, foreign, baseId, sourceId } = await openShop();
    await foreign.run(`
      alter table customer add column phone varchar(20);
      alter table "order" drop column "state";
      drop view vips;
      create table stock (id integer primary key, amount integer references customer (id));
    `);
    const diff = async () => {
      const asked = await app.inject({
        method: 'GET',
        path: `/api/v2/meta/bases/${baseId}/meta-diff/${sourceId}`,
        jwt,
      });
      return (await finishJob(app, jwt, baseId, asked.body.id)).diff;
    };
    const words = (await diff()).flatMap((entry: { tn: string; detectedChanges: { type: string }[] }) =>
      entry.detectedChanges.map(({ type }) => `${entry.tn} ${type}`),
    );
    expect(words.sort()).toEqual([
      'customer TABLE_COLUMN_ADD',
      'order TABLE_COLUMN_REMOVE',
      'stock TABLE_NEW',
      'vips VIEW_REMOVE',
    ]);
    const synced = await app.inject({ method: 'POST', path: `/api/v2/meta/bases/${baseId}/meta-diff`, jwt });
    expect(await finishJob(app, jwt, baseId, synced.body.id)).toEqual({ changes: 4 });
    expect(await diff()).toEqual([]);
    expect(Object.keys(await tableIds(app, jwt, baseId)).sort()).toEqual([
      'customer',
      'log',
      'order',
      'order line',
      'stock',
    ]);
    const list = await app.inject({ method: 'GET', path: records(tables.customer), jwt });
    expect(list.body.list[0]).toHaveProperty('phone', null);
  });

  test('a column that went away outside is a clear answer', async () => {
    const { app, jwt, tables, foreign } = await openShop();
    await foreign.run('alter table customer drop column rate');
    const list = await app.inject({ method: 'GET', path: records(tables.customer), jwt });
    expect([list.status, list.body.error], list.text).toEqual([400, 'ERR_DATABASE_OP_FAILED']);
    expect(list.body.message).toContain("Data source 'shop' has changed");
  });

  test('only chosen tables come; the others come when they are asked for', async () => {
    const { app, jwt, tables, baseId, sourceId } = await openShop({ tables: ['customer', 'vips'] });
    expect(Object.keys(tables).sort()).toEqual(['customer', 'vips']);
    const sync = async (body?: unknown) => {
      const path = `/api/v2/meta/bases/${baseId}/meta-diff/${sourceId}`;
      const asked = await app.inject({ method: 'POST', path, jwt, ...(body !== undefined && { body }) });
      return finishJob(app, jwt, baseId, asked.body.id);
    };
    expect(await sync()).toEqual({ changes: 0 });
    expect(await sync({ tables: ['order'] })).toEqual({ changes: 1 });
    expect(Object.keys(await tableIds(app, jwt, baseId)).sort()).toEqual(['customer', 'order', 'vips']);
  });

  test('a source that is removed leaves its database as it was', async () => {
    const { app, jwt, foreign, baseId, sourceId } = await openShop();
    const path = `/api/v2/meta/bases/${baseId}/sources`;
    const gone = await app.inject({ method: 'DELETE', path: `${path}/${sourceId}`, jwt });
    expect([gone.status, gone.body]).toEqual([200, true]);
    expect(await tableIds(app, jwt, baseId)).toEqual({});
    expect(await countOf(foreign, 'customer')).toBe(2);
    const { list } = (await app.inject({ method: 'GET', path, jwt })).body;
    expect(list).toHaveLength(1);
    const first = await app.inject({ method: 'DELETE', path: `${path}/${list[0].id}`, jwt });
    expect([first.status, first.body.msg]).toEqual([400, 'Error: Cannot delete first base']);
    const base = await app.inject({ method: 'DELETE', path: `/api/v2/meta/bases/${baseId}`, jwt });
    expect(base.status).toBe(200);
  });

  test('a base that is deleted leaves them as they were, too', async () => {
    const { app, jwt, foreign, baseId } = await openShop();
    const gone = await app.inject({ method: 'DELETE', path: `/api/v2/meta/bases/${baseId}`, jwt });
    expect(gone.status).toBe(200);
    expect(await countOf(foreign, 'customer')).toBe(2);
  });
});
