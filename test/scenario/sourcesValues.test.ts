import { afterEach, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { connectForeign, type ForeignDatabase, openForeign } from '../support/foreign.ts';
import { testEngine } from '../support/testEngine.ts';

const open: ForeignDatabase[] = [];
const apps: TestApp[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
  for (const foreign of open.splice(0)) await foreign.close();
});

async function connect(sql: string) {
  const foreign = await openForeign();
  open.push(foreign);
  if (foreign.engine === 'postgres') await foreign.run("set timezone = 'UTC'");
  await foreign.run(sql);
  const app = await startApp({ env: foreign.env });
  apps.push(app);
  const connected = await connectForeign(app, foreign);
  const get = (path: string) => app.inject({ method: 'GET', path, jwt: connected.jwt });
  return { ...connected, foreign, get, records: `/api/v2/tables/${connected.tables.t}/records` };
}

/** A type with a value as SQL, what it becomes, what it reads as; `write` is a value that is written and read again. */
interface Case {
  readonly type: string;
  readonly sql: string;
  readonly uidt: string;
  readonly reads: unknown;
  readonly write?: unknown;
}

const shared: readonly Case[] = [
  { type: 'smallint', sql: '-5', uidt: 'Number', reads: -5, write: 7 },
  {
    type: 'bigint',
    sql: '9007199254740993',
    uidt: 'Number',
    reads: '9007199254740993',
    write: '-9223372036854775808',
  },
  { type: 'numeric(30,10)', sql: '1.5000000000', uidt: 'Decimal', reads: 1.5, write: 2.25 },
  { type: 'double precision', sql: '0.1', uidt: 'Decimal', reads: 0.1, write: -12.5 },
  { type: 'date', sql: "'2024-02-29'", uidt: 'Date', reads: '2024-02-29', write: '1999-12-31' },
  { type: 'time', sql: "'07:08:09'", uidt: 'Time', reads: '07:08:09', write: '23:59:59' },
  {
    type: 'varchar(50)',
    sql: "'it''s \"quoted\" 名'",
    uidt: 'SingleLineText',
    reads: 'it\'s "quoted" 名',
    write: 'Ω',
  },
  { type: 'text', sql: "'two\nlines'", uidt: 'LongText', reads: 'two\nlines', write: '' },
];

const own: Readonly<Record<typeof testEngine, readonly Case[]>> = {
  sqlite: [
    { type: 'boolean', sql: '1', uidt: 'Checkbox', reads: true, write: false },
    {
      type: 'datetime',
      sql: "'2024-01-02T03:04:05Z'",
      uidt: 'DateTime',
      reads: '2024-01-02 03:04:05+00:00',
      write: '2020-05-06 07:08:09+00:00',
    },
    { type: 'timestamp', sql: "'2024-01-02'", uidt: 'DateTime', reads: '2024-01-02 00:00:00+00:00' },
    { type: 'integer', sql: "'no number'", uidt: 'Number', reads: null, write: 1 },
    { type: 'json', sql: `'{"a":[1,2]}'`, uidt: 'JSON', reads: { a: [1, 2] }, write: { b: true } },
    { type: 'blob', sql: "x'00ff'", uidt: 'LongText', reads: '00ff' },
    { type: 'anything', sql: '5', uidt: 'LongText', reads: '5' },
    { type: '', sql: "'x'", uidt: 'LongText', reads: 'x' },
    { type: 'real', sql: '1e300', uidt: 'Decimal', reads: 1e300 },
  ],
  postgres: [
    { type: 'boolean', sql: 'true', uidt: 'Checkbox', reads: true, write: false },
    {
      type: 'timestamptz',
      sql: "'2024-01-02 03:04:05.999+02'",
      uidt: 'DateTime',
      reads: '2024-01-02 01:04:05+00:00',
      write: '2020-05-06 07:08:09+00:00',
    },
    {
      type: 'timestamp',
      sql: "'2024-01-02 03:04:05.999'",
      uidt: 'DateTime',
      reads: '2024-01-02 03:04:05+00:00',
      write: '2020-05-06 07:08:09+00:00',
    },
    {
      type: 'uuid',
      sql: "'0b6ec8f6-6d0c-4d2a-9a3f-1d8a5a0c7e11'",
      uidt: 'SingleLineText',
      reads: '0b6ec8f6-6d0c-4d2a-9a3f-1d8a5a0c7e11',
      write: '11111111-1111-4111-8111-111111111111',
    },
    { type: 'mood', sql: "'so, so'", uidt: 'SingleSelect', reads: 'so, so', write: 'good' },
    { type: 'json', sql: `'{"a": [1,2]}'`, uidt: 'JSON', reads: { a: [1, 2] }, write: { b: true } },
    { type: 'jsonb', sql: `'{"a": [1,2]}'`, uidt: 'JSON', reads: { a: [1, 2] }, write: [1, null] },
    { type: 'integer[]', sql: "'{1,2,null}'", uidt: 'JSON', reads: [1, 2, null] },
    { type: 'text[]', sql: "array['a','b,c']", uidt: 'JSON', reads: ['a', 'b,c'] },
    { type: 'mood[]', sql: "array['good']::mood[]", uidt: 'JSON', reads: ['good'] },
    { type: 'bytea', sql: "'\\x00ff'", uidt: 'LongText', reads: '00ff' },
    { type: 'interval', sql: "'1 day 2 hours'", uidt: 'LongText', reads: '1 day 02:00:00' },
    { type: 'inet', sql: "'10.0.0.1'", uidt: 'LongText', reads: '10.0.0.1' },
    { type: 'point', sql: "'(1,2)'", uidt: 'LongText', reads: '(1,2)' },
    { type: 'real', sql: '0.1', uidt: 'Decimal', reads: 0.1, write: 0.5 },
    {
      type: 'numeric',
      sql: "'NaN'",
      uidt: 'Decimal',
      reads: null,
      write: '123456789012345678901234567890.5',
    },
    { type: 'char(4)', sql: "'ab'", uidt: 'SingleLineText', reads: 'ab', write: 'cd' },
    { type: 'percent', sql: '50', uidt: 'Number', reads: 50, write: 99 },
    {
      type: 'email',
      sql: "'a@example.org'",
      uidt: 'SingleLineText',
      reads: 'a@example.org',
      write: 'b@example.org',
    },
  ],
  mysql: [
    { type: 'tinyint(1)', sql: '1', uidt: 'Checkbox', reads: true, write: false },
    {
      type: 'datetime',
      sql: "'2024-01-02 03:04:05'",
      uidt: 'DateTime',
      reads: '2024-01-02 03:04:05+00:00',
      write: '2020-05-06 07:08:09+00:00',
    },
    {
      type: 'datetime(6)',
      sql: "'2024-01-02 03:04:05.999999'",
      uidt: 'DateTime',
      reads: '2024-01-02 03:04:05+00:00',
      write: '2020-05-06 07:08:09+00:00',
    },
    {
      type: 'timestamp null',
      sql: "'2024-01-02 03:04:05'",
      uidt: 'DateTime',
      reads: '2024-01-02 03:04:05+00:00',
      write: '2020-05-06 07:08:09+00:00',
    },
    { type: 'tinyint unsigned', sql: '255', uidt: 'Number', reads: 255, write: 0 },
    {
      type: 'bigint unsigned',
      sql: '18446744073709551615',
      uidt: 'Decimal',
      reads: '18446744073709551615',
      write: '18446744073709551614',
    },
    {
      type: "enum('new','it''s, done')",
      sql: "'new'",
      uidt: 'SingleSelect',
      reads: 'new',
      write: "it's, done",
    },
    { type: "set('a','b','c')", sql: "'a,c'", uidt: 'MultiSelect', reads: 'a,c', write: 'a,b' },
    { type: 'json', sql: `'{"a": [1,2]}'`, uidt: 'JSON', reads: { a: [1, 2] }, write: { b: true } },
    { type: 'blob', sql: "x'00ff'", uidt: 'LongText', reads: '00ff' },
    { type: 'varbinary(10)', sql: "x'00ff'", uidt: 'LongText', reads: '00ff' },
    { type: 'bit(5)', sql: "b'101'", uidt: 'LongText', reads: '101' },
    { type: 'year', sql: '2024', uidt: 'Year', reads: 2024, write: 1999 },
    { type: 'float', sql: '0.1', uidt: 'Decimal', reads: 0.1, write: 0.5 },
    { type: 'point', sql: 'point(1, 2)', uidt: 'LongText', reads: 'POINT(1 2)' },
    { type: 'char(4)', sql: "'ab'", uidt: 'SingleLineText', reads: 'ab', write: 'cd' },
    { type: 'varchar(20) character set latin1', sql: "'é'", uidt: 'SingleLineText', reads: 'é', write: 'ü' },
    { type: 'time(3)', sql: "'01:02:03.999'", uidt: 'Time', reads: '01:02:03', write: '04:05:06' },
  ],
};

const prelude =
  testEngine === 'postgres'
    ? `create type mood as enum ('good', 'so, so', ' odd ');
       alter type mood rename value ' odd ' to 'odd';
       create domain percent as integer check (value between 0 and 100);
       create domain address as varchar(100); create domain email as address;`
    : '';

const cases = [...shared, ...own[testEngine]];

function tableOf(columns: readonly Case[]): string {
  const definitions = columns.map(({ type }, index) => `c${index} ${type}`).join(', ');
  const names = columns.map((_, index) => `c${index}`).join(', ');
  return `${prelude} create table t (id integer primary key, ${definitions});
    insert into t (id, ${names}) values (1, ${columns.map(({ sql }) => sql).join(', ')});
    insert into t (id) values (2);`;
}

test('every native type reads as what it is, or is shown as text', async () => {
  const { get, records, tables } = await connect(tableOf(cases));
  const meta = (await get(`/api/v2/meta/tables/${tables.t}`)).body;
  const list = (await get(records)).body.list;
  for (const [index, { type, uidt, reads, write }] of cases.entries()) {
    const column = meta.columns.find((each: { column_name: string }) => each.column_name === `c${index}`);
    expect([type, column.uidt, column.readonly], type).toEqual([
      type,
      uidt,
      uidt === 'LongText' ? type !== 'text' : column.readonly,
    ]);
    expect([type, list[0][`c${index}`]]).toEqual([type, reads]);
    expect([type, list[1][`c${index}`]]).toEqual([type, null]);
    if (write !== undefined) expect([type, column.readonly]).toEqual([type, false]);
  }
  const one = (await get(`${records}/1`)).body;
  expect(one).toEqual(list[0]);
});

test('what is written is what is read, and every read-only column refuses', async () => {
  const { app, jwt, get, records } = await connect(tableOf(cases));
  for (const [index, { type, write }] of cases.entries()) {
    if (write === undefined) continue;
    const name = `c${index}`;
    const changed = await app.inject({ method: 'PATCH', path: records, jwt, body: { id: 1, [name]: write } });
    expect([type, changed.status, changed.status === 200 ? '' : changed.text]).toEqual([type, 200, '']);
    const made = await app.inject({
      method: 'POST',
      path: records,
      jwt,
      body: { id: 100 + index, [name]: write },
    });
    expect([type, made.status, made.status === 200 ? '' : made.text]).toEqual([type, 200, '']);
    const [first, second] = await Promise.all([get(`${records}/1`), get(`${records}/${made.body.id}`)]);
    expect([type, first.body[name], second.body[name]]).toEqual([type, write, write]);
  }
});

test('every column filters, sorts, groups and sums', async () => {
  const { get, records, tables, baseId } = await connect(tableOf(cases));
  for (const [index, { type, reads }] of cases.entries()) {
    const name = `c${index}`;
    for (const query of [
      `where=(${name},blank)`,
      `where=(${name},notblank)`,
      `sort=${name}`,
      `sort=-${name}`,
    ]) {
      const answer = await get(`${records}?${query}`);
      expect([type, query, answer.status, answer.status === 200 ? '' : answer.text]).toEqual([
        type,
        query,
        200,
        '',
      ]);
    }
    const data = `/api/v1/db/data/noco/${baseId}/${tables.t}`;
    const groups = await get(`${data}/groupby?column_name=${name}`);
    expect([type, groups.status, groups.body.list?.length]).toEqual([type, 200, reads === null ? 1 : 2]);
    if (reads === null || typeof reads === 'object' || typeof reads === 'boolean') continue;
    if (String(reads).match(/[,()"\n]/)) continue;
    const found = await get(`${records}?where=(${name},eq,${encodeURIComponent(reads as string)})`);
    if (found.status === 200 && !String(type).match(/^(date|time|year)/)) {
      expect([type, found.body.list.map((row: { id: number }) => row.id)]).toEqual([type, [1]]);
    }
  }
});
