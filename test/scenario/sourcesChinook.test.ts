import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { connectForeign, type ForeignDatabase, openForeign } from '../support/foreign.ts';
import { chinookPath } from '../support/importing.ts';
import { testEngine } from '../support/testEngine.ts';

/** The Chinook music shop as its makers publish it for the engine; see fixtures/chinook/LICENSE.md. */

const open: ForeignDatabase[] = [];
const apps: TestApp[] = [];
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
  for (const foreign of open.splice(0)) await foreign.close();
});

const scripts = { postgres: 'Chinook_PostgreSql.sql.gz', mysql: 'Chinook_MySql.sql.gz' } as const;

/** The script without the lines that make and choose a database of its own name. */
function readScript(engine: keyof typeof scripts): string {
  const text = gunzipSync(readFileSync(join('fixtures/chinook', scripts[engine]))).toString('utf8');
  return text.replace(/^\uFEFF/, '').replace(/^(?:drop database|create database|use |\\c ).*$/gim, '');
}

async function openChinook(): Promise<ForeignDatabase> {
  const foreign = await openForeign();
  open.push(foreign);
  if (testEngine !== 'sqlite') await foreign.run(readScript(testEngine));
  else copyFileSync(chinookPath, join(foreign.env.ROWGATE_SQLITE_SOURCES ?? '', 'chinook.db'));
  return foreign;
}

const config = ({ config: own }: ForeignDatabase) =>
  testEngine === 'sqlite' ? { ...own, connection: { filename: 'chinook.db' } } : own;

/** Rows of the tables, as the shop's own description says. */
const sizes: Readonly<Record<string, number>> = {
  album: 347,
  artist: 275,
  customer: 59,
  employee: 8,
  genre: 25,
  invoice: 412,
  invoiceline: 2240,
  mediatype: 5,
  playlist: 18,
  playlisttrack: 8715,
  track: 3503,
};

const plain = (name: string): string => name.toLowerCase().replaceAll('_', '');

test('Chinook: every table with all its rows, keys and references', async () => {
  const foreign = await openChinook();
  const app = await startApp({ env: foreign.env });
  apps.push(app);
  const { jwt, tables, baseId } = await connectForeign(app, { config: config(foreign) });
  const get = async (path: string) => (await app.inject({ method: 'GET', path, jwt })).body;
  const counts: Record<string, number> = {};
  for (const [name, id] of Object.entries(tables))
    counts[plain(name)] = (await get(`/api/v2/tables/${id}/records/count`)).count;
  expect(counts).toEqual(sizes);

  const base = await app.core.snapshot.findBase(baseId);
  const found = (wanted: string) => base?.tables.find((table) => plain(table.name) === wanted);
  expect(found('playlisttrack')?.key.map((column) => plain(column.name))).toEqual(['playlistid', 'trackid']);
  const leads = base?.tables.flatMap((table) =>
    table.columns.flatMap(({ name, references }) => {
      const target = references === null ? undefined : base.tableById.get(references.tableId);
      return target === undefined ? [] : [`${plain(table.name)}.${plain(name)} → ${plain(target.name)}`];
    }),
  );
  expect(leads?.sort()).toEqual([
    'album.artistid → artist',
    'customer.supportrepid → employee',
    'employee.reportsto → employee',
    'invoice.customerid → customer',
    'invoiceline.invoiceid → invoice',
    'invoiceline.trackid → track',
    'playlisttrack.playlistid → playlist',
    'playlisttrack.trackid → track',
    'track.albumid → album',
    'track.genreid → genre',
    'track.mediatypeid → mediatype',
  ]);

  const read = async (wanted: string, query: string) => {
    const { list } = await get(`/api/v2/tables/${found(wanted)?.id}/records?${query}`);
    return list.map((row: Record<string, unknown>) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [plain(name), value])),
    );
  };
  expect(await read('invoice', 'limit=1')).toEqual([
    {
      invoiceid: 1,
      customerid: 2,
      invoicedate: '2021-01-01 00:00:00+00:00',
      billingaddress: 'Theodor-Heuss-Straße 34',
      billingcity: 'Stuttgart',
      billingstate: null,
      billingcountry: 'Germany',
      billingpostalcode: '70174',
      total: 1.98,
    },
  ]);
  const [line] = await read('playlisttrack', 'limit=1&offset=8714');
  expect(line).toEqual({ playlistid: 18, trackid: 597 });
});

test('Chinook: pages hold every track once, and sums are what the database says', async () => {
  const foreign = await openChinook();
  const app = await startApp({ env: foreign.env });
  apps.push(app);
  const { jwt, tables, baseId } = await connectForeign(app, { config: config(foreign) });
  const [name, id] = Object.entries(tables).find(([each]) => plain(each) === 'track') ?? ['', ''];
  const keys = new Set<number>();
  for (let offset = 0; offset < 3503; offset += 500) {
    const path = `/api/v2/tables/${id}/records?limit=500&offset=${offset}`;
    const { list } = (await app.inject({ method: 'GET', path, jwt })).body;
    for (const row of list) keys.add(row.TrackId ?? row.track_id);
  }
  expect([keys.size, name]).toEqual([3503, name]);
  const price = testEngine === 'postgres' ? 'unit_price' : 'UnitPrice';
  const path = `/api/v1/db/data/noco/${baseId}/${id}/groupby?column_name=${price}&sort=${price}`;
  const groups = (await app.inject({ method: 'GET', path, jwt })).body.list;
  expect(groups.map((row: Record<string, unknown>) => [Number(row[price]), Number(row.count)])).toEqual([
    [0.99, 3290],
    [1.99, 213],
  ]);
});
