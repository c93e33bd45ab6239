import { afterEach, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import {
  connectForeign,
  type ForeignDatabase,
  finishJob,
  openForeign,
  tableIds,
} from '../support/foreign.ts';
import { testEngine } from '../support/testEngine.ts';

/** Shapes of databases that nobody of us would make. */

const open: ForeignDatabase[] = [];
const apps: TestApp[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
  for (const foreign of open.splice(0)) await foreign.close();
});

async function openWith(sql: string) {
  const foreign = await openForeign();
  open.push(foreign);
  await foreign.run(sql);
  const app = await startApp({ env: foreign.env });
  apps.push(app);
  return { app, foreign };
}

async function connect(sql: string, more: Record<string, unknown> = {}) {
  const { app, foreign } = await openWith(sql);
  const connected = await connectForeign(app, foreign, more);
  const send = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) =>
    app.inject({ method, path, jwt: connected.jwt, ...(body !== undefined && { body }) });
  const sync = async () => {
    const path = `/api/v2/meta/bases/${connected.baseId}/meta-diff/${connected.sourceId}`;
    const asked = await send('POST', path);
    return finishJob(app, connected.jwt, connected.baseId, asked.body.id);
  };
  const records = (name: string) => `/api/v2/tables/${connected.tables[name]}/records`;
  return { ...connected, foreign, send, sync, records };
}

const odd = [
  'select',
  'Table',
  'my table',
  'semi;colon',
  "it's",
  'dot.dot',
  'ünï名😀',
  '%percent%',
  '$1',
  '?',
  '--',
];
const oddNames = testEngine === 'mysql' ? odd.map((name) => name.replace('😀', '')) : odd;

test('tables and columns of any name are read, written and filtered', async () => {
  const columns = oddNames.map((name) => `"${name}" varchar(20)`).join(', ');
  const { tables, send, records, baseId } = await connect(
    oddNames.map((name) => `create table "${name}" (id integer primary key, ${columns});`).join('\n'),
  );
  expect(Object.keys(tables).sort()).toEqual([...oddNames].sort());
  for (const [index, table] of oddNames.entries()) {
    const column = oddNames[(index + 3) % oddNames.length] as string;
    const made = await send('POST', records(table), { id: 1, [column]: "O'Hara; --" });
    expect([table, column, made.status, made.text]).toEqual([table, column, 200, made.text]);
    const list = await send('GET', `${records(table)}?sort=-${encodeURIComponent(column)}`);
    expect([table, list.body.list[0]?.[column]]).toEqual([table, "O'Hara; --"]);
    expect(Object.keys(list.body.list[0])).toEqual(['id', ...oddNames]);
  }
  const document = await send('GET', `/api/v2/meta/bases/${baseId}/swagger.json`);
  expect(document.status, document.text.slice(0, 300)).toBe(200);
});

test('a database that is gone leaves the base usable, and comes back', async () => {
  const { app, baseId, jwt, send, records, sourceId, foreign } = await connect(
    "create table t (id integer primary key, name varchar(20)); insert into t values (1, 'x')",
  );
  const own = await send('POST', `/api/v2/meta/bases/${baseId}/tables`, {
    title: 'Own',
    columns: [{ title: 'Name', uidt: 'SingleLineText' }],
  });
  await foreign.run('drop table t');
  expect((await send('GET', records('t'))).status).toBe(400);
  expect((await send('GET', `/api/v2/tables/${own.body.id}/records`)).status).toBe(200);
  await foreign.run('create table t (id integer primary key, name varchar(20))');
  const back = await send('GET', records('t'));
  expect([back.status, back.body.list], back.text).toEqual([200, []]);
  const wrong = {
    ...foreign.config,
    connection: { ...foreign.config.connection, filename: 'none.db', port: 1 },
  };
  const path = `/api/v2/meta/bases/${baseId}/sources/${sourceId}`;
  const refused = await send('PATCH', path, { config: wrong });
  expect(refused.status, refused.text).toBeGreaterThanOrEqual(400);
  expect((await send('GET', records('t'))).status).toBe(200);
  const again = await send('PATCH', path, { config: { ...foreign.config }, alias: 'again' });
  expect([again.status, again.body.alias], again.text).toEqual([200, 'again']);
  expect((await send('GET', records('t'))).status).toBe(200);
  expect(Object.keys(await tableIds(app, jwt, baseId)).sort()).toHaveLength(2);
});

test('many columns change at once, and the display column goes', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `c${index}`);
  const { send, sync, foreign, tables } = await connect(
    `create table t (id integer primary key, label varchar(20), ${names.map((name) => `${name} integer`).join(', ')})`,
  );
  await foreign.run('alter table t drop column label');
  for (const name of names.slice(0, 20)) await foreign.run(`alter table t drop column ${name}`);
  for (const name of names.slice(0, 30))
    await foreign.run(`alter table t add column new_${name} varchar(10)`);
  expect(await sync()).toEqual({ changes: 51 });
  const { columns } = (await send('GET', `/api/v2/meta/tables/${tables.t}`)).body;
  expect(columns.map((column: { title: string }) => column.title)).toEqual([
    'id',
    ...names.slice(20),
    ...names.slice(0, 30).map((name) => `new_${name}`),
  ]);
  expect(columns.filter((column: { pv: boolean }) => column.pv)).toHaveLength(1);
  expect(await sync()).toEqual({ changes: 0 });
});

test('a view of a base follows a column that became another type', async () => {
  const { send, sync, foreign, tables, records } = await connect(
    'create table t (id integer primary key, amount integer); insert into t values (1, 5)',
  );
  const meta = (await send('GET', `/api/v2/meta/tables/${tables.t}`)).body;
  const [view] = meta.views;
  const column = meta.columns.find((each: { title: string }) => each.title === 'amount');
  const filter = { fk_column_id: column.id, comparison_op: 'gt', value: '3' };
  expect((await send('POST', `/api/v2/meta/views/${view.id}/filters`, filter)).status).toBe(200);
  await foreign.run('drop table t');
  await foreign.run(
    "create table t (id integer primary key, amount date); insert into t values (1, '2020-01-01')",
  );
  expect(await sync()).toEqual({ changes: 1 });
  const list = await send('GET', `${records('t')}?viewId=${view.id}`);
  expect([list.status, list.body.list], list.text).toEqual([200, [{ id: 1, amount: '2020-01-01' }]]);
});

const inPostgres = testEngine === 'postgres';
const onlyPostgres = test.runIf(inPostgres);

onlyPostgres(
  'PostgreSQL: schemas, partitions, comments, uuid keys, mixed case, materialised views',
  async () => {
    const sql = `
    create schema "Other Schema";
    create table "Other Schema".t (id integer primary key, "Name" text, "name" text, name_2 text);
    comment on table "Other Schema".t is 'what it is for';
    comment on column "Other Schema".t."Name" is 'how it is called';
    create table "Other Schema".parts (id integer not null, day date not null, primary key (id, day)) partition by range (day);
    create table "Other Schema".parts_2020 partition of "Other Schema".parts for values from ('2020-01-01') to ('2021-01-01');
    create table "Other Schema".keyed (key uuid primary key default gen_random_uuid(), label text);
    create materialized view "Other Schema".seen as select 1 as one;
    create type "Other Schema"."Odd Enum" as enum ('a', 'b');
    create table "Other Schema".chosen (id serial primary key, one "Other Schema"."Odd Enum" default 'b', at timestamptz default now());
    create table public.t (elsewhere integer primary key);
  `;
    const { app, foreign } = await openWith(sql);
    const config = { ...foreign.config, searchPath: ['Other Schema'] };
    const { jwt, tables, baseId, sourceId } = await connectForeign(app, { config });
    const send = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown) =>
      app.inject({ method, path, jwt, ...(body !== undefined && { body }) });
    expect(Object.keys(tables).sort()).toEqual(['chosen', 'keyed', 'parts', 'seen', 't']);
    const meta = (await send('GET', `/api/v2/meta/tables/${tables.t}`)).body;
    expect([meta.description, meta.schema]).toEqual(['what it is for', 'Other Schema']);
    const found = meta.columns.map((column: Record<string, unknown>) => [column.title, column.description]);
    expect(found).toEqual([
      ['id', null],
      ['Name', 'how it is called'],
      ['name (2)', null],
      ['name_2', null],
    ]);
    const path = (name: string) => `/api/v2/tables/${tables[name]}/records`;
    const row = { id: 1, Name: 'upper', 'name (2)': 'lower' };
    expect((await send('POST', path('t'), row)).status).toBe(200);
    expect((await send('GET', `${path('t')}/1`)).body).toEqual({ ...row, name_2: null });
    expect((await send('POST', path('parts'), [{ id: 1, day: '2020-05-05' }])).status).toBe(200);
    expect((await send('POST', path('parts'), [{ id: 1, day: '2030-05-05' }])).status).toBe(422);
    expect((await send('GET', `${path('parts')}/1___2020-05-05`)).body).toEqual({ id: 1, day: '2020-05-05' });
    const keyed = await send('POST', path('keyed'), [{ label: 'one' }, { label: 'two' }]);
    expect(keyed.body[1].key).toMatch(/^[0-9a-f-]{36}$/);
    const changed = await send('PATCH', path('keyed'), { key: keyed.body[1].key, label: 'second' });
    expect(changed.status, changed.text).toBe(200);
    expect((await send('GET', `${path('keyed')}/${keyed.body[1].key}`)).body.label).toBe('second');
    expect((await send('GET', `${path('keyed')}/no-uuid`)).status).toBe(422);
    expect((await send('POST', path('seen'), { one: 2 })).status).toBe(403);
    const chosen = await send('POST', path('chosen'), [{}, { one: 'a' }]);
    expect(chosen.status, chosen.text).toBe(200);
    const list = (await send('GET', `${path('chosen')}?fields=id,one`)).body.list;
    expect(list).toEqual([
      { id: 1, one: 'b' },
      { id: 2, one: 'a' },
    ]);
    expect((await send('POST', path('chosen'), { one: 'c' })).status).toBe(400);
    await foreign.run(`alter type "Other Schema"."Odd Enum" add value 'c'`);
    const asked = await send('POST', `/api/v2/meta/bases/${baseId}/meta-diff/${sourceId}`);
    expect(await finishJob(app, jwt, baseId, asked.body.id)).toEqual({ changes: 1 });
    expect((await send('POST', path('chosen'), { one: 'c' })).status).toBe(200);
  },
);

const inMysql = testEngine === 'mysql';
const onlyMysql = test.runIf(inMysql);

onlyMysql('MySQL: comments, composite keys that count, texts of other languages, zero dates', async () => {
  const { send, tables, records } = await connect(`
    create table t (grp varchar(10) not null, id integer not null auto_increment comment 'counts',
      label varchar(20) collate utf8mb4_general_ci default 'x''y', made timestamp default current_timestamp,
      primary key (grp, id), key (id)) comment 'what it is for';
    set sql_mode = '';
    create table d (id integer primary key, day date, at datetime);
    insert into d values (1, '0000-00-00', '0000-00-00 00:00:00');
  `);
  const meta = (await send('GET', `/api/v2/meta/tables/${tables.t}`)).body;
  expect([meta.description, meta.columns[1].description]).toEqual(['what it is for', 'counts']);
  expect(meta.columns.map((column: { cdf: string }) => column.cdf)).toEqual([null, null, "x'y", null]);
  const made = await send('POST', records('t'), [{ grp: 'a', label: 'Éa' }, { grp: 'a' }]);
  expect(made.status, made.text).toBe(200);
  const list = (await send('GET', `${records('t')}?fields=grp,id,label&where=(label,eq,éa)`)).body.list;
  expect(list).toEqual([]);
  const exact = (await send('GET', `${records('t')}?fields=grp,id,label&where=(label,eq,Éa)`)).body.list;
  expect(exact).toEqual([{ grp: 'a', id: 1, label: 'Éa' }]);
  expect((await send('GET', records('d'))).status).toBe(200);
});
