import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { stopImports, sweepImports } from '../../server/core/imports/startImport.ts';
import { startApp, type TestApp } from '../support/app.ts';
import {
  asWire,
  chinook,
  chinookRows,
  createBase,
  finishedJob,
  importFile,
  readRecords,
  sendFile,
} from '../support/importing.ts';

let app: TestApp;
let jwt: string;
let baseId: string;
beforeAll(async () => {
  app = await startApp({ env: { ROWGATE_IMPORT_SIZE: '20mb' } });
  ({ jwt } = await app.signUp());
  baseId = await createBase(app, jwt);
});

const get = async (path: string) => (await app.inject({ method: 'GET', path, jwt })).body;
const uploads = () => readdir(join(app.folder, 'imports'));

describe('the Chinook database', () => {
  it('comes in whole: tables, counts, keys, references and every cell', async () => {
    const base = await createBase(app, jwt, 'Chinook');
    const { status, data } = await importFile(app, jwt, base, chinook(), 'name=Chinook_Sqlite.sqlite');
    expect(status).toBe('completed');
    expect(data.result).toMatchObject({ format: 'sqlite', rows: 15_607, refused: 0 });
    expect(data.result.tables.length).toBe(11);

    const source = chinookRows();
    const { list } = await get(`/api/v2/meta/bases/${base}/tables`);
    const ids = new Map<string, string>(
      list.map((table: { title: string; id: string }) => [table.title, table.id]),
    );
    expect([...ids.keys()].sort()).toEqual([...source.keys()].sort());
    for (const [title, rows] of source) {
      const records = await readRecords(app, jwt, ids.get(title) ?? '');
      expect(records.length).toBe(rows.length);
      const names = Object.keys(rows[0] ?? {});
      const picked = records.map((record) => Object.fromEntries(names.map((name) => [name, record[name]])));
      expect(picked).toEqual(
        rows.map((row) => Object.fromEntries(names.map((name) => [name, asWire(row[name])]))),
      );
    }

    const found = await app.core.snapshot.findTable(ids.get('InvoiceLine') ?? '');
    const track = found?.table.columnByName.get('TrackId');
    expect(track?.references?.tableId).toBe(ids.get('Track'));
    const keyOf = async (title: string) =>
      (await app.core.snapshot.findTable(ids.get(title) ?? ''))?.table.key.map((column) => column.title);
    expect(await keyOf('PlaylistTrack')).toEqual(['PlaylistId', 'TrackId']);
    expect(await keyOf('Album')).toEqual(['AlbumId']);

    const created = await app.inject({
      method: 'POST',
      path: `/api/v2/tables/${ids.get('Genre')}/records`,
      jwt,
      body: { Name: 'New' },
    });
    expect(created.body).toEqual({ GenreId: 26 });
    expect(await uploads()).toEqual([]);
  });
});

describe('an import over HTTP', () => {
  it('answers requests while it runs, and tells its progress', async () => {
    const text = `n,name\n${Array.from({ length: 20_000 }, (_, i) => `${i},row ${i}`).join('\n')}`;
    const sent = await sendFile(app, jwt, baseId, text, 'name=many.csv');
    const during = await get(`/api/v2/jobs/${baseId}/${sent.body.id}`);
    expect(during).toMatchObject({ job: 'data-import', status: 'active', base_id: baseId });
    expect(JSON.stringify(during)).not.toContain(app.folder);
    const { data } = await finishedJob(app, jwt, sent.body.id);
    expect(data.result).toMatchObject({ rows: 20_000, refused: 0 });
    const listed = await app.inject({
      method: 'POST',
      path: `/api/v2/jobs/${baseId}`,
      jwt,
      body: { job: 'data-import', status: 'completed' },
    });
    expect(listed.status).toBe(201);
    expect(listed.body.map((job: { id: string }) => job.id)).toContain(sent.body.id);
  });

  it('takes a form with one file', async () => {
    const body = Buffer.from(
      '--xx\r\ncontent-disposition: form-data; name="note"\r\n\r\nhi\r\n--xx\r\ncontent-disposition: form-data; name="file"; filename="pets.csv"\r\ncontent-type: text/csv\r\n\r\nname,legs\nRex,4\n\r\n--xx--\r\n',
    );
    const sent = await app.inject({
      method: 'POST',
      path: `/api/v2/meta/bases/${baseId}/import`,
      jwt,
      body,
      headers: { 'content-type': 'multipart/form-data; boundary=xx' },
    });
    expect(sent.status).toBe(200);
    const { data } = await finishedJob(app, jwt, sent.body.id);
    expect(data.result.tables[0]).toMatchObject({ title: 'pets', rows: 1 });
  });

  it.each([
    ['--xx--\r\n', 'boundary=xx', 'holds no file'],
    ['nothing', 'boundary=xx', 'form'],
    ['--xx\r\n', 'none', 'boundary'],
  ])('refuses a broken form %#', async (body, parameter, words) => {
    const answer = await app.inject({
      method: 'POST',
      path: `/api/v2/meta/bases/${baseId}/import`,
      jwt,
      body,
      headers: { 'content-type': `multipart/form-data; ${parameter}` },
    });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(words);
    expect(await uploads()).toEqual([]);
  });

  it('shows what it would make without making it', async () => {
    const before = (await get(`/api/v2/meta/bases/${baseId}/tables`)).list.length;
    const answer = await app.inject({
      method: 'POST',
      path: `/api/v2/meta/bases/${baseId}/import/preview?name=people.csv`,
      jwt,
      body: 'name;born\nAnn;2001-02-03\n',
      headers: { 'content-type': 'text/csv' },
    });
    expect(answer.body).toEqual({
      format: 'csv',
      notes: [],
      tables: [
        {
          title: 'people',
          rowCount: 1,
          columns: [
            { title: 'name', uidt: 'SingleLineText', pk: false, ai: false, rqd: false, unique: false },
            { title: 'born', uidt: 'Date', pk: false, ai: false, rqd: false, unique: false },
          ],
          rows: [['Ann', '2001-02-03']],
        },
      ],
    });
    expect((await get(`/api/v2/meta/bases/${baseId}/tables`)).list.length).toBe(before);
    expect(await uploads()).toEqual([]);
  });

  it('names a second table of a title anew, and gives way to columns named like its own', async () => {
    const text = 'Id,CreatedAt,nc_order,title\n7,2024-01-01,x,a\n';
    const first = await importFile(app, jwt, baseId, text, 'title=Twin');
    const second = await importFile(app, jwt, baseId, text, 'title=Twin');
    expect(first.data.result.tables[0].title).toBe('Twin');
    expect(second.data.result.tables[0].title).toBe('Twin (2)');
    const [record] = await readRecords(app, jwt, second.data.result.tables[0].id);
    expect(record).toMatchObject({ Id: 7, CreatedAt: '2024-01-01', title: 'a' });
  });

  it('keeps 64-bit integers and long decimals', async () => {
    const { data } = await importFile(
      app,
      jwt,
      baseId,
      'i,d\n9223372036854775807,0.12345678901234567890\n',
      'title=Long',
    );
    const [record] = await readRecords(app, jwt, data.result.tables[0].id);
    expect(record).toMatchObject({ i: '9223372036854775807', d: '0.1234567890123456789' });
  });

  it('adds to a table, matching columns by title, and reports every row it refuses', async () => {
    const made = await app.inject({
      method: 'POST',
      path: `/api/v2/meta/bases/${baseId}/tables`,
      jwt,
      body: {
        title: 'Stock',
        columns: [
          { title: 'Sku', uidt: 'SingleLineText', unique: true },
          { title: 'Count', uidt: 'Number' },
          { title: 'Kind', uidt: 'SingleSelect', colOptions: { options: [{ title: 'a' }, { title: 'b' }] } },
        ],
      },
    });
    const text = 'sku,COUNT,Kind,Colour\nA,1,a,red\nB,many,b,\nC,3,c,\nA,4,a,\nD,5,b,\nE,6,a,,7\n';
    const { data } = await importFile(app, jwt, baseId, text, `tableId=${made.body.id}`);
    const [report] = data.result.tables;
    expect(report).toMatchObject({ title: 'Stock', rows: 2, refused: 4, unknownColumns: ['Colour'] });
    const byRow = [...report.refusedRows].sort((a, b) => a.row - b.row);
    expect(byRow.map((refused) => [refused.row, refused.column, refused.value])).toEqual([
      [3, 'Count', 'many'],
      [4, 'Kind', 'c'],
      [5, 'Sku', 'A'],
      [7, null, '7'],
    ]);
    expect((await readRecords(app, jwt, made.body.id)).map((record) => record.Sku)).toEqual(['A', 'D']);
  });

  it('stores nothing when no column matches', async () => {
    const { list } = await get(`/api/v2/meta/bases/${baseId}/tables`);
    const stock = list.find((table: { title: string }) => table.title === 'Stock');
    const { status, data } = await importFile(app, jwt, baseId, 'x,y\n1,2\n', `tableId=${stock.id}`);
    expect(status).toBe('failed');
    expect(data.error.message).toMatch(/No column of the file is a field of table 'Stock'.*'x', 'y'.*'Sku'/);
  });

  it('imports 300 columns', async () => {
    const header = Array.from({ length: 300 }, (_, i) => `column ${i}`).join(',');
    const row = Array.from({ length: 300 }, (_, i) => i).join(',');
    const { data } = await importFile(app, jwt, baseId, `${header}\n${`${row}\n`.repeat(100)}`, 'title=Wide');
    expect(data.result.tables[0]).toMatchObject({ rows: 100, refused: 0 });
    const answer = await get(`/api/v2/tables/${data.result.tables[0].id}/records?limit=1`);
    expect(answer.list[0]['column 299']).toBe(299);
  });

  it.each([
    ['format=pdf', 'a', 422, 'format'],
    ['header=maybe', 'a', 422, 'header'],
    ['tableId=m404', 'a', 404, 'm404'],
    ['', '', 400, 'empty'],
  ])('refuses %s at once', async (query, body, status, words) => {
    const answer = await sendFile(app, jwt, baseId, Buffer.from(body), query);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(words);
  });

  it.each([
    ['name=x.sqlite', 'no database', /not a SQLite database/],
    ['format=json', '[1,', /not valid JSON/],
    ['delimiter=ab', 'a,b', /delimiter 'ab'/],
    ['', 'a,b\n1,"2\n', /never closes/],
  ])('fails the job for %s with what is wrong', async (query, body, message) => {
    const { status, data } = await importFile(app, jwt, baseId, body, query);
    expect(status).toBe('failed');
    expect(data.error.message).toMatch(message);
    expect(await uploads()).toEqual([]);
  });

  it('refuses a file beyond the limit and keeps nothing of it', async () => {
    const answer = await sendFile(app, jwt, baseId, Buffer.alloc(21 * 1024 * 1024, 'a,'));
    expect(answer.status).toBe(413);
    expect(answer.text).toContain('ROWGATE_IMPORT_SIZE');
    expect(await uploads()).toEqual([]);
  });

  it('is for creators of the base, and jobs are for its members', async () => {
    const other = await app.signUp();
    expect((await sendFile(app, other.jwt, baseId, 'a\n1\n')).status).toBe(403);
    const { body } = await app.inject({ method: 'POST', path: `/api/v2/jobs/${baseId}`, jwt, body: {} });
    const listen = await app.inject({
      method: 'POST',
      path: '/jobs/listen',
      jwt: other.jwt,
      body: { data: { id: body[0].id } },
    });
    expect(listen.status).toBe(404);
    const read = await app.inject({
      method: 'GET',
      path: `/api/v2/jobs/${baseId}/${body[0].id}`,
      jwt: other.jwt,
    });
    expect(read.status).toBe(403);
    const foreign = await createBase(app, jwt, 'Foreign');
    expect(
      (await app.inject({ method: 'GET', path: `/api/v2/jobs/${foreign}/${body[0].id}`, jwt })).status,
    ).toBe(404);
  });
});

describe('an import that is cut short', () => {
  it('ends as failed and leaves no table when the server stops', async () => {
    const own = await startApp();
    const person = await own.signUp();
    const base = await createBase(own, person.jwt);
    const text = `n\n${Array.from({ length: 50_000 }, (_, i) => i).join('\n')}`;
    const sent = await sendFile(own, person.jwt, base, text, 'title=Cut');
    await stopImports(own.core);
    const job = await own.core.stores.jobs.find(sent.body.id);
    expect(job?.status).toBe('failed');
    expect(String(job?.result?.error)).toContain('server is stopping');
    expect((await own.core.snapshot.findBase(base))?.tables).toEqual([]);
    expect(await readdir(join(own.folder, 'imports'))).toEqual([]);
    await own.close();
  });

  it('is cleaned up at the next start after a crash', async () => {
    const made = await importFile(app, jwt, baseId, 'a\n1\n', 'title=HalfFilled');
    const tableId = made.data.result.tables[0].id;
    const job = {
      id: 'jobcrashed',
      baseId,
      kind: 'data-import',
      status: 'active' as const,
      userId: '',
      progress: { unfinishedTableId: tableId, upload: '1-gone' },
      result: null,
      createdAt: 1,
      updatedAt: 1,
    };
    await app.core.transaction((tx) => tx.jobs.insert(job));
    await sweepImports(app.core);
    expect(await app.core.stores.jobs.find(job.id)).toMatchObject({
      status: 'failed',
      result: { code: 'UNAVAILABLE' },
    });
    expect(await app.core.snapshot.findTable(tableId)).toBeUndefined();
  });
});
