import { afterEach, describe, expect, test } from 'vitest';
import { finishJob, tableIds } from '../support/foreign.ts';
import { closeShops, countOf, openShop, recordsOf as records } from '../support/foreignShop.ts';

/** What may change of a connected database, here and there. */

afterEach(closeShops);

describe('a connected database', () => {
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
