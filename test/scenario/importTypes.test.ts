import { beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { chinook, createBase, importFile, readRecords } from '../support/importing.ts';

let app: TestApp;
let jwt: string;
let baseId: string;

beforeAll(async () => {
  app = await startApp();
  ({ jwt } = await app.signUp());
  baseId = await createBase(app, jwt);
});

const leaveOut = (columns: unknown): string => `skip=${encodeURIComponent(JSON.stringify(columns))}`;
const choose = (types: unknown): string => `types=${encodeURIComponent(JSON.stringify(types))}`;

async function fields(tableId: string): Promise<Record<string, string>> {
  const { body } = await app.inject({ method: 'GET', path: `/api/v2/meta/tables/${tableId}`, jwt });
  const columns: { title: string; uidt: string }[] = body.columns;
  return Object.fromEntries(columns.map(({ title, uidt }) => [title, uidt]));
}

async function imported(file: Buffer | string, query: string, title: string) {
  const { status, data } = await importFile(app, jwt, baseId, file, query);
  expect(status, JSON.stringify(data)).toBe('completed');
  const { tables } = data.result as { tables: { id: string; title: string; refused: number }[] };
  const table = tables.find((one) => one.title.startsWith(title));
  if (table === undefined) throw new Error(`no table ${title}`);
  return { ...table, fields: await fields(table.id), rows: await readRecords(app, jwt, table.id) };
}

it('keeps a CSV column as the file has it when text is chosen', async () => {
  const csv = 'code,at,phone,price\n12,2024-01-02 10:00,5551234,"1,234.50"\n';
  const types = {
    Codes: { code: 'SingleLineText', at: 'LongText', phone: 'PhoneNumber', price: 'Currency' },
  };
  const table = await imported(csv, `name=c.csv&title=Codes&${choose(types)}`, 'Codes');
  expect(table.fields).toMatchObject({
    code: 'SingleLineText',
    at: 'LongText',
    phone: 'PhoneNumber',
    price: 'Currency',
  });
  expect(table.rows).toMatchObject([{ code: '12', at: '2024-01-02 10:00', phone: '5551234' }]);
});

it('refuses the rows that a chosen type does not take, and keeps the others', async () => {
  const csv = 'name,age\nAnn,41\nBen,unknown\n';
  const table = await imported(csv, `name=a.csv&title=Ages&${choose({ Ages: { age: 'Number' } })}`, 'Ages');
  expect(table).toMatchObject({ refused: 1, rows: [{ name: 'Ann', age: 41 }] });
});

it('gives types to columns of JSON and of one table of a SQLite file', async () => {
  const json = JSON.stringify([{ zip: 1234, seen: '2024-05-06' }]);
  const types = { Places: { zip: 'SingleLineText', seen: 'SingleLineText' } };
  const places = await imported(json, `name=p.json&title=Places&${choose(types)}`, 'Places');
  expect(places.rows).toMatchObject([{ zip: '1234', seen: '2024-05-06' }]);

  const sample = `name=c.sqlite&${choose({ Track: { Milliseconds: 'SingleLineText' } })}`;
  const tracks = await imported(chinook(), sample, 'Track');
  expect(tracks.fields).toMatchObject({ Milliseconds: 'SingleLineText', Bytes: 'Number' });
  expect(tracks.rows[0]).toMatchObject({ Milliseconds: '343719', Bytes: 11170334 });
});

it.each([
  ['types=nonsense', "The parameter 'types' must be JSON"],
  ['types=[1]', "The parameter 'types' must be JSON"],
  [choose({ T: 'Number' }), "The parameter 'types' must be JSON"],
  [choose({ T: { a: 'Formula' } }), 'must be one of: SingleLineText'],
  [choose({ T: { b: 'Number' } }), "The file has no column 'b' in 'T'"],
  [choose({ Other: { a: 'Number' } }), "The file has no table 'Other'"],
  ['skip=nonsense', "The parameter 'skip' must be JSON"],
  [leaveOut({ T: 'a' }), "The parameter 'skip' must be JSON"],
  [leaveOut({ T: ['b'] }), "The file has no column 'b' in 'T'"],
  [leaveOut({ Other: ['a'] }), "The file has no table 'Other'"],
  [leaveOut({ T: ['a'] }), 'Keep at least one'],
])('refuses %s', async (query, words) => {
  const answer = await app.inject({
    method: 'POST',
    path: `/api/v2/meta/import/preview?name=t.csv&title=T&${query}`,
    jwt,
    body: 'a\n1\n',
    headers: { 'content-type': 'text/csv' },
  });
  expect(answer.status).toBe(422);
  expect(answer.body.msg).toContain(words);
});

it('previews before a base exists, for those who may create one', async () => {
  const send = (credential: { jwt?: string }) =>
    app.inject({
      method: 'POST',
      path: `/api/v2/meta/import/preview?name=t.csv&${choose({ t: { a: 'Decimal' } })}`,
      ...credential,
      body: 'a\n1\n',
      headers: { 'content-type': 'text/csv' },
    });
  const answer = await send({ jwt });
  expect(answer.status).toBe(200);
  expect(answer.body.tables[0].columns).toMatchObject([{ title: 'a', uidt: 'Decimal' }]);
  const { jwt: viewer } = await app.signUp();
  expect((await send({ jwt: viewer })).status).toBe(403);
  expect((await send({})).status).toBe(401);
});

it('leaves columns out of a new table, and of rows for a table there is', async () => {
  const csv = 'name,secret,age\nAnn,x,41\nBen,y,7\n';
  const query = `name=s.csv&title=Some&${leaveOut({ Some: ['secret'] })}`;
  const table = await imported(csv, query, 'Some');
  expect(table.fields).toMatchObject({ name: expect.any(String), age: 'Number' });
  expect(table.fields).not.toHaveProperty('secret');
  expect(table.rows).toMatchObject([
    { name: 'Ann', age: 41 },
    { name: 'Ben', age: 7 },
  ]);
  const more = `name=s.csv&title=Some&tableId=${table.id}&${leaveOut({ Some: ['age'] })}`;
  const { data } = await importFile(app, jwt, baseId, 'name,age\nCleo,99\n', more);
  expect(data.result).toMatchObject({ rows: 1, tables: [{ unknownColumns: [] }] });
  expect(await readRecords(app, jwt, table.id)).toMatchObject([{}, {}, { name: 'Cleo', age: null }]);
});

it('leaves out a column of a SQLite file with its indexes and foreign keys', async () => {
  const query = `name=c.sqlite&${leaveOut({ Album: ['ArtistId'] })}`;
  const albums = await imported(chinook(), query, 'Album');
  expect(albums.fields).not.toHaveProperty('ArtistId');
  expect(albums.rows.length).toBeGreaterThan(100);
});
