import { beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.ts';
import { createBase, importFile, readRecords, sendFile } from '../support/importing.ts';
import { makeWorkbook, makeZip } from '../support/workbook.ts';

let app: TestApp;
let jwt: string;
let baseId: string;
beforeAll(async () => {
  app = await startApp();
  ({ jwt } = await app.signUp());
  baseId = await createBase(app, jwt);
});

const preview = (body: Buffer, query = '') =>
  app.inject({
    method: 'POST',
    path: `/api/v2/meta/bases/${baseId}/import/preview?${query}`,
    jwt,
    body,
    headers: { 'content-type': 'application/octet-stream' },
  });

const day = (text: string): Date => new Date(`${text}Z`);

const people = makeWorkbook({
  People: [
    ['Name', 'Born', 'Seen', 'Score', 'Count', 'Member', 'Code', 'Mixed'],
    ['Ann', day('2001-02-03T00:00:00'), day('2024-05-06T07:08:09'), 0.1 + 0.2, 7, true, '007', 'x'],
    ['Bén', day('1999-12-31T00:00:00'), day('2024-05-06T00:00:00'), 12.5, -1, false, '42', 5],
    [null, null, null, null, null, null, null, null],
    ['=1+1', null, null, null, null, null, null, day('2020-01-02T00:00:00')],
  ],
  Empty: [],
  Cities: [['City'], ['Paris'], ['Rome']],
});

describe('an Excel workbook', () => {
  it('becomes a table a sheet; dates, numbers and booleans stay what they are', async () => {
    const { status, data } = await importFile(app, jwt, baseId, people, 'name=staff.xlsx');
    expect(status, JSON.stringify(data)).toBe('completed');
    expect(data.result).toMatchObject({ format: 'xlsx', rows: 5, refused: 0 });
    expect(data.result.tables.map((table: { title: string }) => table.title)).toEqual(['People', 'Cities']);
    const rows = await readRecords(app, jwt, data.result.tables[0].id);
    expect(rows).toMatchObject([
      {
        Name: 'Ann',
        Born: '2001-02-03',
        Seen: '2024-05-06 07:08:09+00:00',
        Score: 0.3,
        Count: 7,
        Member: true,
        Code: '007',
        Mixed: 'x',
      },
      { Name: 'Bén', Born: '1999-12-31', Seen: '2024-05-06 00:00:00+00:00', Score: 12.5, Mixed: '5' },
      { Name: '=1+1', Born: null, Member: null, Mixed: '2020-01-02' },
    ]);
  });

  it('is known by its bytes, and shown before it is stored', async () => {
    const answer = await preview(people, 'name=whatever');
    expect(answer.status).toBe(200);
    expect(answer.body.format).toBe('xlsx');
    expect(answer.body.tables[0]).toMatchObject({ title: 'People', rowCount: 3 });
    const types = answer.body.tables[0].columns.map((column: { uidt: string }) => column.uidt);
    expect(types).toEqual([
      'SingleLineText',
      'Date',
      'DateTime',
      'Decimal',
      'Number',
      'Checkbox',
      'SingleLineText',
      'SingleLineText',
    ]);
    expect(answer.body.tables[1].rows).toEqual([['Paris'], ['Rome']]);
  });

  it('takes chosen types; values that do not fit are refused rows', async () => {
    const types = encodeURIComponent(JSON.stringify({ People: { Code: 'Number', Mixed: 'Number' } }));
    const { data } = await importFile(app, jwt, baseId, people, `name=p.xlsx&types=${types}`);
    const [table] = data.result.tables;
    expect(table).toMatchObject({ rows: 1, refused: 2 });
    expect(table.refusedRows.map((row: { row: number; column: string }) => [row.row, row.column])).toEqual([
      [2, 'Mixed'],
      [5, 'Mixed'],
    ]);
    expect(await readRecords(app, jwt, table.id)).toMatchObject([{ Code: 42, Mixed: 5 }]);
  });

  it('names a single unnamed sheet by the file, and numbers columns without titles', async () => {
    const book = makeWorkbook({
      Sheet1: [
        [1, 'a'],
        [2, 'b'],
      ],
    });
    const guessed = await preview(book, 'name=stock.xlsx');
    expect(guessed.body.tables[0]).toMatchObject({
      title: 'stock',
      rowCount: 2,
      columns: [
        { title: 'Column 1', uidt: 'Number' },
        { title: 'Column 2', uidt: 'SingleLineText' },
      ],
    });
    const told = await preview(book, 'name=stock.xlsx&header=true&title=Mine');
    expect(told.body.tables[0]).toMatchObject({
      title: 'Mine',
      rowCount: 1,
      columns: [{ title: '1' }, { title: 'a' }],
    });
  });

  it('adds its rows to a table', async () => {
    const first = await importFile(app, jwt, baseId, 'City\nOslo\n', 'title=Places');
    const { id } = first.data.result.tables[0];
    const book = makeWorkbook({
      More: [
        ['city', 'x'],
        ['Bonn', 1],
      ],
    });
    const { data } = await importFile(app, jwt, baseId, book, `tableId=${id}`);
    expect(data.result.tables[0]).toMatchObject({ rows: 1, unknownColumns: ['x'] });
  });

  it('tells of formulas that failed, and takes the results of the others', async () => {
    const book = makeWorkbook({
      S: [
        ['a', 'b'],
        [
          { f: '1+1', v: 2, t: 'n' },
          { f: '1/0', v: 0x07, t: 'e' },
        ],
      ],
    });
    const answer = await preview(book);
    expect(answer.body.tables[0].rows).toEqual([['2', null]]);
    expect(answer.body.notes).toEqual([expect.stringContaining("Sheet 'S': 1 cells hold an error")]);
  });
});

describe('a hostile or broken file', () => {
  const cases: [string, Buffer, RegExp][] = [
    [
      'a zip bomb',
      makeZip('xl/workbook.xml', Buffer.alloc(1000), 300 * 2 ** 20),
      /unpacks to 300 MB; at most 256 MB/,
    ],
    ['one that lies about its size', makeZip('xl/workbook.xml', Buffer.alloc(50 * 2 ** 20), 1000), /damaged/],
    ['one that says too much', makeZip('xl/workbook.xml', Buffer.alloc(1000), 2000), /damaged/],
    ['a zip that is no workbook', makeZip('a.txt', Buffer.from('hi'), 2), /not an Excel workbook/],
    ['half a workbook', people.subarray(0, people.length / 2), /damaged/],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /old .xls workbook, or one with a password/],
    [
      'one beyond the size',
      Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(51 * 2 ** 20)]),
      /at most 50 MB/,
    ],
    ['an empty workbook', makeWorkbook({ Nothing: [] }), /holds no cells/],
  ];
  it.each(cases)('%s is refused', async (_what, body, words) => {
    const answer = await preview(body);
    expect(answer.status).toBe(422);
    expect(answer.body.msg).toMatch(words);
    const { status, data } = await importFile(app, jwt, baseId, body);
    expect(status).toBe('failed');
    expect(data.error.message).toMatch(words);
  });

  it('text is no workbook, whatever it is called', async () => {
    const answer = await preview(Buffer.from('a,b\n'), 'format=xlsx');
    expect(answer.body.msg).toBe('The file is not an Excel workbook (.xlsx).');
  });

  it('no more than two are read at a time, and the place is free again afterwards', async () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => [n, `row ${n}`]);
    const book = makeWorkbook({ Many: [['n', 'name'], ...rows] });
    const answers = await Promise.all(Array.from({ length: 6 }, () => preview(book)));
    const statuses = answers.map((answer) => answer.status).sort();
    expect(statuses[0]).toBe(200);
    expect(statuses.at(-1)).toBe(429);
    expect((await preview(book)).status).toBe(200);
    expect((await sendFile(app, jwt, baseId, 'x')).status).toBe(200);
  });
});
