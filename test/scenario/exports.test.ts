import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { columnLetters, escapeXml } from '../../server/api/excel/sheetXml.ts';
import { sheetName, writeWorkbook } from '../../server/api/excel/workbook.ts';
import type { ExportCell } from '../../server/core/records/exportCells.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { createBase, importFile } from '../support/importing.ts';
import { readWorkbook } from '../support/workbook.ts';

let app: TestApp;
let owner: { jwt: string; userId: string; email: string };
let baseId: string;
let tableId: string;
beforeAll(async () => {
  app = await startApp();
  owner = await app.signUp();
  baseId = await createBase(app, owner.jwt);
  const columns = [
    { title: 'Name', uidt: 'SingleLineText' },
    { title: 'Born', uidt: 'Date' },
    { title: 'Seen', uidt: 'DateTime' },
    { title: 'At', uidt: 'Time' },
    { title: 'Price', uidt: 'Decimal' },
    { title: 'Count', uidt: 'Number' },
    { title: 'Done', uidt: 'Checkbox' },
    { title: 'Who', uidt: 'User' },
    { title: 'Data', uidt: 'JSON' },
  ];
  tableId = (await send('POST', `/api/v2/meta/bases/${baseId}/tables`, { title: "Mine: 'all'", columns })).id;
  await send('POST', `/api/v2/tables/${tableId}/records`, [
    {
      Name: '=HYPERLINK("http://x")',
      Born: '2001-02-03',
      Seen: '2024-05-06T07:08:09Z',
      At: '18:30:00',
      Price: 12.5,
      Count: 7,
      Done: true,
      Who: owner.email,
      Data: { a: '<&>' },
    },
    {
      Name: '@SUM(A1)\n"x", y',
      Born: '1850-01-01',
      Price: '0.12345678901234567890',
      Count: '9007199254740993',
    },
    { Name: 'plain' },
  ]);
});

async function send(method: 'POST' | 'GET', path: string, body?: unknown) {
  const answer = await app.inject({ method, path, jwt: owner.jwt, body });
  if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
  return answer.body;
}
const get = (path: string, jwt = owner.jwt) => app.inject({ method: 'GET', path, jwt });
const excel = async (query = '') => {
  const answer = await get(`/api/v2/tables/${tableId}/export/xlsx?${query}`);
  expect(answer.status, answer.text.slice(0, 200)).toBe(200);
  return { ...readWorkbook(answer.bytes), headers: answer.headers };
};
const words = (rows: { v: unknown }[][]) => rows.map((row) => row.map((cell) => cell.v));

describe('an Excel export', () => {
  it('holds typed cells, no formula among them', async () => {
    const { name, cells, headers } = await excel();
    expect(headers['content-type']).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    expect(headers['content-disposition']).toContain("filename*=UTF-8''Mine_%20_all_.xlsx");
    expect(name).toBe("Mine  'all");
    expect(words(cells)[0]).toEqual([
      'Id',
      'CreatedAt',
      'UpdatedAt',
      'Name',
      'Born',
      'Seen',
      'At',
      'Price',
      'Count',
      'Done',
      'Who',
      'Data',
    ]);
    expect(cells[1]?.filter((_, column) => column < 1 || column > 2)).toMatchObject([
      { t: 'n', v: 1 },
      { t: 's', v: '=HYPERLINK("http://x")' },
      { t: 'n', w: '2001-02-03' },
      { t: 'n', w: '2024-05-06 07:08:09' },
      { t: 'n', w: '18:30:00' },
      { t: 'n', v: 12.5 },
      { t: 'n', v: 7 },
      { t: 'b', v: true },
      { t: 's', v: owner.email },
      { t: 's', v: '{"a":"<&>"}' },
    ]);
    expect(cells[2]?.slice(3, 9)).toMatchObject([
      { t: 's', v: '@SUM(A1)\n"x", y' },
      { t: 's', v: '1850-01-01' },
      { t: 'z' },
      { t: 'z' },
      { t: 's', v: '0.1234567890123456789' },
      { t: 's', v: '9007199254740993' },
    ]);
  });

  it('obeys fields, where, sort and views', async () => {
    expect(words((await excel('fields=Name&where=(Id,gt,1)&sort=-Id')).cells)).toEqual([
      ['Name'],
      ['plain'],
      ['@SUM(A1)\n"x", y'],
    ]);
    const view = await send('POST', `/api/v2/meta/tables/${tableId}/grids`, { title: 'Late' });
    const { columns } = await send('GET', `/api/v2/meta/tables/${tableId}`);
    const named = columns.find((column: { title: string }) => column.title === 'Name');
    const filter = { fk_column_id: named.id, comparison_op: 'eq', value: 'plain' };
    await send('POST', `/api/v2/meta/views/${view.id}/filters`, filter);
    const seen = await excel(`viewId=${view.id}&fields=Name`);
    expect(words(seen.cells)).toEqual([['Name'], ['plain']]);
    expect(String(seen.headers['content-disposition'])).toContain('Late.xlsx');
    expect((await get(`/api/v2/tables/${tableId}/export/xlsx?fields=Nope`)).status).toBe(404);
    expect((await get(`/api/v2/tables/${tableId}/export/xlsx?viewId=vw404`)).status).toBe(404);
  });

  it('comes in again as it went out', async () => {
    const { bytes } = await get(`/api/v2/tables/${tableId}/export/xlsx?fields=Name,Seen,Price,Done`);
    const { data } = await importFile(app, owner.jwt, baseId, bytes, 'name=again.xlsx&title=Again');
    const made = await send('GET', `/api/v2/tables/${data.result.tables[0].id}/records`);
    const first = await send('GET', `/api/v2/tables/${tableId}/records?fields=Name,Seen,Done`);
    expect(made.list).toMatchObject(
      first.list.map(({ Name, Seen }: Record<string, unknown>) => ({ Name, Seen })),
    );
  });

  it('is for members, by both addresses', async () => {
    const outsider = await app.signUp();
    for (const ending of ['csv', 'xlsx']) {
      const path = `/api/v2/tables/${tableId}/export/${ending}`;
      expect((await get(path, outsider.jwt)).status).toBe(403);
      expect((await app.inject({ method: 'GET', path })).status).toBe(401);
      expect((await get(`/api/v1/db/data/noco/${baseId}/${tableId}/export/${ending}`)).status).toBe(200);
    }
  });
});

describe('a CSV export', () => {
  it('is the same selection, formulas made harmless', async () => {
    const answer = await get(`/api/v2/tables/${tableId}/export/csv?fields=Id,Name&where=(Id,lt,3)&sort=Id`);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.text).toBe('Id,Name\r\n1,"\'=HYPERLINK(""http://x"")"\r\n2,"\'@SUM(A1)\n""x"", y"\r\n');
  });
});

describe('many rows', () => {
  it('stream, and stop when the right to read ends', async () => {
    const long = 'x'.repeat(2000); // more than the buffers between us hold
    const text = `n,name\n${Array.from({ length: 8000 }, (_, i) => `${i},row ${i} ${long}`).join('\n')}`;
    const { data } = await importFile(app, owner.jwt, baseId, text, 'title=Many');
    const { id } = data.result.tables[0];
    const whole = readWorkbook((await get(`/api/v2/tables/${id}/export/xlsx`)).bytes);
    expect(whole.cells.length).toBe(8001);
    expect(words(whole.cells).at(-1)?.slice(3)).toEqual([7999, `row 7999 ${long}`]);

    const token = await send('POST', '/api/v1/tokens', { description: 'export' });
    const address = await app.listen();
    const headers = { 'xc-token': token.token };
    const response = await fetch(`${address}/api/v2/tables/${id}/export/csv?sort=-name`, { headers });
    const reader = response.body?.getReader();
    await reader?.read();
    await app.inject({ method: 'DELETE', path: `/api/v1/tokens/${token.id}`, jwt: owner.jwt });
    const rest = async (): Promise<void> => {
      while (!(await reader?.read())?.done);
    };
    await expect(rest()).rejects.toThrow();
  });
});

describe('the file itself', () => {
  async function write(titles: string[], rows: ExportCell[][]): Promise<Buffer> {
    const chunks: Buffer[] = [];
    async function* batches() {
      yield rows;
    }
    for await (const chunk of writeWorkbook('T', titles, batches())) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /** The reader's own doing: line ends. */
  const asRead = (text: string): string => text.toWellFormed().replaceAll('\r\n', '\n');

  it('keeps every text and number', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('_x0007_', '\u0000\u0007', '\r\n', ' x ', '<a b="c">&amp;', '\ud800', '_x_x0041_'),
    );
    const cell = fc.oneof(text, fc.integer(), fc.boolean());
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 5 }),
        async (rows) => {
          const { cells } = readWorkbook(await write(['a', 'b', 'c'], rows));
          const read = rows.map((row, r) => row.map((_, c) => cells[r + 1]?.[c]?.v));
          const wanted = rows.map((row) =>
            row.map((value) =>
              value === '' ? undefined : typeof value === 'string' ? asRead(value) : value,
            ),
          );
          expect(read).toEqual(wanted);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('cuts what no cell can hold', async () => {
    const { cells } = readWorkbook(await write(['a'], [['x'.repeat(40_000)]]));
    expect(String(cells[1]?.[0]?.v)).toMatch(/^x{32766}…$/);
  });

  it.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [701, 'ZZ'],
    [702, 'AAA'],
  ])('column %i is %s', (index, letters) => expect(columnLetters(index)).toBe(letters));

  it.each([
    ['a/b[c]:d*e?', 'a b c  d e'],
    ["'quoted'", 'quoted'],
    ['', 'Sheet1'],
    ['History', 'Sheet1'],
    ['x'.repeat(40), 'x'.repeat(31)],
  ])('sheet %j is called %j', (title, name) => expect(sheetName(title)).toBe(name));

  it('escapes what XML cannot hold', () => {
    expect(escapeXml('\u0001<\r')).toBe('_x0001_&lt;_x000D_');
  });
});
