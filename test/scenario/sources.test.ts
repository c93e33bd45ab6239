import { afterEach, describe, expect, test } from 'vitest';
import { finishJob } from '../support/foreign.ts';
import { closeShops, countOf, openShop, recordsOf as records } from '../support/foreignShop.ts';
import { testEngine } from '../support/testEngine.ts';

afterEach(closeShops);

/** Drivers give decimals as text and counts as they like. */
const numbers = (rows: Record<string, unknown>[], ...names: string[]) =>
  rows.map((row) => ({ ...row, ...Object.fromEntries(names.map((name) => [name, Number(row[name])])) }));

/** What the driver must find after a change of customer 2, in the words of its engine. */
const changedCustomer = {
  sqlite:
    "select 1 from customer where id = 2 and seen = '2022-02-03 03:05:06' and vip = 1 and since = '2022-02-03'",
  postgres:
    "select 1 from customer where id = 2 and seen = '2022-02-03 04:05:06+01' and vip and since = '2022-02-03'",
  mysql:
    "select 1 from customer where id = 2 and seen = '2022-02-03 03:05:06' and vip = 1 and since = '2022-02-03'",
}[testEngine];

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

  test('a file is imported into its tables, and they are exported', async () => {
    const { app, jwt, tables, foreign, baseId } = await openShop();
    const send = (tableId: string | undefined) =>
      app.inject({
        method: 'POST',
        path: `/api/v2/meta/bases/${baseId}/import?name=orders.csv&tableId=${tableId}`,
        jwt,
        headers: { 'content-type': 'text/csv' },
        body: 'customer_id,state,doubled\n1,,7\n2,paid,8\n77,lost,9\n',
      });
    const asked = await send(tables.order);
    const report = await finishJob(app, jwt, baseId, asked.body.id);
    expect(report.tables[0]).toMatchObject({ rows: 2, refused: 1 });
    const stored = await foreign.rows('select customer_id, state from "order" where id > 11 order by id');
    expect(stored).toEqual([
      { customer_id: 1, state: 'new' },
      { customer_id: 2, state: 'paid' },
    ]);
    expect((await send(tables.vips)).status).toBe(403);
    const path = `/api/v1/db/data/noco/${baseId}/${tables.customer}/export/csv`;
    const file = await app.inject({ method: 'GET', path, jwt });
    expect([file.status, file.text.split('\n')[1]?.slice(0, 26)]).toEqual([
      200,
      '1,Ann,ann@example.org,true',
    ]);
  });
});
