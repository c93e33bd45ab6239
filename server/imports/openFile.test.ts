import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import Papa from 'papaparse';
import { afterAll, describe, expect, it } from 'vitest';
import type { ImportedFile, ImportedTable, ReadOptions, RefusedRow } from '../core/imports/importedFile.ts';
import { decimalDigits } from './classify.ts';
import { openFile } from './openFile.ts';

const folder = mkdtempSync(join(tmpdir(), 'rowgate-readers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
function open(content: string | Buffer, options: ReadOptions = {}, name = 'file.csv'): Promise<ImportedFile> {
  const path = join(folder, `f${++count}`);
  writeFileSync(path, content);
  return openFile({ id: '', path, name, bytes: content.length }, options);
}

async function readAll(
  table: ImportedTable | undefined,
): Promise<{ rows: unknown[][]; refused: RefusedRow[]; numbers: number[] }> {
  const all = { rows: [] as unknown[][], refused: [] as RefusedRow[], numbers: [] as number[] };
  for await (const batch of table?.read() ?? []) {
    all.rows.push(...batch.rows.map((row) => [...row]));
    all.refused.push(...batch.refused);
    all.numbers.push(...batch.numbers);
  }
  return all;
}

const titles = (file: ImportedFile): string[] => file.tables[0]?.columns.map((column) => column.title) ?? [];
const types = (file: ImportedFile): string[] => file.tables[0]?.columns.map((column) => column.type) ?? [];

const datasets = join('node_modules', 'vega-datasets', 'data');
const named = (pattern: RegExp): string[] => readdirSync(datasets).filter((name) => pattern.test(name));

/** A cell as the column's type sees it, worked out independently of the reader. */
function sameCell(type: string | undefined, source: string, read: unknown): boolean {
  if (source === '') return read === null;
  if (type === 'Decimal') return Number(read) === Number(source);
  if (type === 'Number') return String(read) === source;
  if (type === 'Checkbox') return String(read) === source.toLowerCase();
  if (type === 'DateTime')
    return Date.parse(String(read)) === Date.parse(source.length > 10 ? `${source}Z` : source);
  return read === source;
}

describe('CSV files of the world', () => {
  it.each(named(/\.(csv|tsv)$/))('%s: every value as an independent parser has it', async (name) => {
    const path = join(datasets, name);
    const file = await openFile({ id: '', path, name, bytes: 0 }, {});
    const expected = Papa.parse<string[]>(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''), {
      skipEmptyLines: true,
    }).data;
    const { rows, refused } = await readAll(file.tables[0]);
    expect(refused).toEqual([]);
    expect(titles(file)).toEqual(expected[0]);
    expect(rows.length).toBe(expected.length - 1);
    expect(file.tables[0]?.rowCount).toBe(rows.length);
    const columnTypes = types(file);
    const wrong = rows.flatMap((row, i) =>
      row.flatMap((cell, j) =>
        sameCell(columnTypes[j], expected[i + 1]?.[j] ?? '', cell) ? [] : [[i, j, cell]],
      ),
    );
    expect(wrong).toEqual([]);
  });
});

function sameValue(type: string | undefined, source: unknown, read: unknown): boolean {
  if (source === null || source === undefined) return read === null;
  if (type === 'JSON') return read === JSON.stringify(source);
  if (typeof source === 'number')
    return type === 'Decimal' ? read === decimalDigits(String(source)) : String(read) === String(source);
  if (type === 'DateTime') return Date.parse(String(read)) === Date.parse(String(source));
  return read === source || (typeof source !== 'string' && String(source) === read);
}

describe('JSON files of the world', () => {
  const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);

  it.each(named(/\.json$/))('%s: every value as JSON.parse has it', async (name) => {
    const path = join(datasets, name);
    const file = await openFile({ id: '', path, name, bytes: 0 }, {});
    const document = JSON.parse(readFileSync(path, 'utf8')) as unknown;
    const lists = isRecord(document)
      ? Object.entries(document).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]))
      : [[name.replace('.json', ''), document as unknown[]] as const];
    for (const [title, list] of lists) {
      const table = file.tables.find((candidate) => candidate.title === title);
      const { rows } = await readAll(table);
      expect(rows.length).toBe(list.length);
      const columns = table?.columns ?? [];
      const wrong = rows.flatMap((row, i) =>
        row.flatMap((cell, j) => {
          const source = list[i];
          const value = isRecord(source) ? source[columns[j]?.title ?? ''] : source;
          return sameValue(columns[j]?.type, value, cell) ? [] : [[i, j, cell]];
        }),
      );
      expect(wrong).toEqual([]);
    }
  });
});

describe('CSV', () => {
  const cell = fc
    .string({ unit: fc.constantFrom('a', 'B', 'é', ' ', '"', ',', ';', '\t', '|', '\n', '1', '€') })
    .map((text) => `x${text}x`);

  it('survives every delimiter, line end and encoding', async () => {
    const encode: Record<string, (text: string) => Buffer> = {
      'utf-8': (text) => Buffer.from(text),
      'utf-8 with a mark': (text) => Buffer.from(`\uFEFF${text}`),
      'utf-16le': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
      'utf-16be': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 20 }),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom(...Object.keys(encode)),
        async (rows, delimiter, newline, encoding) => {
          const text = Papa.unparse([['one', 'two', 'three'], ...rows], { delimiter, newline });
          const bytes = encode[encoding]?.(text) ?? Buffer.alloc(0);
          const file = await open(bytes, { delimiter });
          expect(titles(file)).toEqual(['one', 'two', 'three']);
          expect((await readAll(file.tables[0])).rows).toEqual(rows);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    [',', 'name,age\nAnn,3\nBob,4\n'],
    [';', 'name;age\nAnn, A.;3\nBob;4\n'],
    ['tab', 'name\tage\nAnn\t3\nBob\t4\n'],
    ['|', 'name|age\nAnn|3\nBob|4\n'],
    ['sep=', 'sep=;\r\nname;age\r\nAnn;3\r\nBob;4\r\n'],
  ])('finds the delimiter %s', async (_delimiter, text) => {
    const file = await open(text);
    expect(titles(file)).toEqual(['name', 'age']);
    expect(types(file)).toEqual(['SingleLineText', 'Number']);
  });

  it('reads bytes that are no UTF-8 as windows-1252 and says so', async () => {
    const file = await open(Buffer.from('name\nZo\xeb\n\x80 5\n', 'latin1'));
    expect((await readAll(file.tables[0])).rows).toEqual([['Zoë'], ['€ 5']]);
    expect(file.notes.join()).toContain('windows-1252');
  });

  it('reads an encoding that is named, and refuses one that does not exist', async () => {
    const file = await open(Buffer.from('name\n\xc6\xe6\n', 'latin1'), { encoding: 'iso-8859-5' });
    expect((await readAll(file.tables[0])).rows).toEqual([['Цц']]);
    await expect(open('a', { encoding: 'klingon' })).rejects.toThrow(/Encoding 'klingon' is unknown/);
  });

  it('mends hostile headers: empty, alike, with control characters, a prototype', async () => {
    const file = await open('"a\nb",A,a,,__proto__,"\u0000x",\nt,t,t,t,t,t,t\n');
    expect(titles(file)).toEqual(['a b', 'A', 'a (2)', 'Column 4', 'Column 5', 'x', 'Column 7']);
  });

  it('knows a file without titles, unless told otherwise', async () => {
    const text = '1,2024-01-01\n2,2024-01-02\n';
    expect(titles(await open(text))).toEqual(['Column 1', 'Column 2']);
    expect((await readAll((await open(text)).tables[0])).rows.length).toBe(2);
    expect(titles(await open(text, { header: true }))).toEqual(['1', '2024-01-01']);
    expect(titles(await open('name,age\nAnn,3\n', { header: false }))).toEqual(['Column 1', 'Column 2']);
    expect(titles(await open('country,2001,2002\nFR,1,2\n'))).toEqual(['country', '2001', '2002']);
  });

  it('fills short rows, refuses long ones with their line and value', async () => {
    const file = await open('a,b\n1,2\n3\n4,5,lost\n6,7,\n');
    const { rows, refused, numbers } = await readAll(file.tables[0]);
    expect(rows).toEqual([
      ['1', '2'],
      ['3', null],
      ['6', '7'],
    ]);
    expect(numbers).toEqual([2, 3, 5]);
    expect(refused).toEqual([
      { row: 4, column: null, value: 'lost', reason: 'the row has 3 cells, the table 2 columns' },
    ]);
    expect(file.notes.join()).toContain('1 rows have fewer than 2 cells');
    expect(file.tables[0]?.rowCount).toBe(4);
  });

  it('reads a decimal comma when told so', async () => {
    const file = await open('a;b\n1,5;x\n-2;y\n', { decimalComma: true });
    expect(types(file)[0]).toBe('Decimal');
    expect((await readAll(file.tables[0])).rows.map((row) => row[0])).toEqual(['1.5', '-2']);
  });

  it('reads 300 columns', async () => {
    const header = Array.from({ length: 300 }, (_, i) => `c${i}`).join(',');
    const row = Array.from({ length: 300 }, (_, i) => i).join(',');
    const file = await open(`${header}\n${row}\n`);
    expect(titles(file).length).toBe(300);
    expect((await readAll(file.tables[0])).rows[0]?.[299]).toBe('299');
  });

  it('holds only a small part of a large file in memory', async () => {
    const line = `${'x'.repeat(90)},12345\n`;
    const file = await open(`a,b\n${line.repeat(400_000)}`); // 38 MB
    expect(file.tables[0]?.rowCount).toBe(400_000);
    let largest = 0;
    for await (const batch of file.tables[0]?.read() ?? []) largest = Math.max(largest, batch.rows.length);
    expect(largest).toBeLessThan(10_000);
  });

  it.each([
    ['', /holds no text/],
    ['a,b\n1,"2\n', /never closes/],
  ])('refuses %j', async (text, message) => {
    await expect(open(text)).rejects.toThrow(message);
  });
});

describe('JSON', () => {
  it('makes a table of each list, and one record of what is left', async () => {
    const file = await open(
      '{"people":[{"id":1,"name":"Ann"}],"tags":["a","b"],"version":3,"meta":{"x":1}}',
      {},
      'data.json',
    );
    expect(file.tables.map((table) => [table.title, table.rowCount])).toEqual([
      ['people', 1],
      ['tags', 2],
      ['data', 1],
    ]);
    expect((await readAll(file.tables[2])).rows).toEqual([['3', '{"x":1}']]);
  });

  it('widens until every value fits, and keeps long numbers whole', async () => {
    const file = await open(
      '[{"a":1,"b":12345678901234567,"c":true,"d":"2024-01-01","e":1},{"a":"x","b":1.25,"c":null,"d":"2024-01-01T10:00:00Z","e":{"f":[1]}}]',
      {},
      'x.json',
    );
    expect(types(file)).toEqual(['SingleLineText', 'Decimal', 'Checkbox', 'DateTime', 'JSON']);
    expect((await readAll(file.tables[0])).rows).toEqual([
      ['1', '12345678901234567', true, '2024-01-01T00:00:00Z', '1'],
      ['x', '1.25', null, '2024-01-01T10:00:00Z', '{"f":[1]}'],
    ]);
  });

  it('reads one record a line and reports the lines that are none', async () => {
    const file = await open('{"a":1}\n\n{"a":2\n{"a":3}\n', {}, 'x.ndjson');
    const { rows, refused } = await readAll(file.tables[0]);
    expect(rows).toEqual([['1'], ['3']]);
    expect(refused).toEqual([
      { row: 3, column: null, value: '{"a":2', reason: 'the line is not valid JSON' },
    ]);
  });

  it('finds out by itself that there is one record a line', async () => {
    const file = await open('{"a":1}\n{"a":2}\n', {}, 'x.json');
    expect(file.format).toBe('ndjson');
  });

  it.each([['[]'], ['{}'], ['[1,2'], ['nonsense'], ['{"a":[{"b":}]}']])('refuses %s', async (text) => {
    await expect(open(text, { format: 'json' }, 'x.json')).rejects.toThrow(/no records|not valid JSON/);
  });
});

describe('SQLite', () => {
  const make = (sql: string): Buffer => {
    const db = new Database(':memory:');
    db.exec(sql);
    return db.serialize();
  };

  it('checks declared types against the values', async () => {
    const file = await open(
      make(`CREATE TABLE t (i INTEGER, wide INTEGER, mixed INTEGER, real REAL, money DECIMAL(10,2), flag BOOLEAN, noflag BOOLEAN,
              day DATE, moment DATETIME, epoch DATETIME, code TEXT, doc JSON, baddoc JSON, any);
            INSERT INTO t VALUES (1, 9007199254740993, 1, 1.5, 10, 1, 2, '2024-01-01', '2024-01-01 10:00:00', 5, '007', '{"a":1}', 'x', 1),
                                 (2, 1.5, 'x', 2, 0.1, 0, 0, '2024-01-02', '2024-01-01', 6, '1', '2', '{}', 'y');`),
      {},
      't.db',
    );
    expect(types(file)).toEqual([
      'Number',
      'Decimal',
      'SingleLineText',
      'Decimal',
      'Decimal',
      'Checkbox',
      'Number',
      'Date',
      'DateTime',
      'Number',
      'SingleLineText',
      'JSON',
      'SingleLineText',
      'SingleLineText',
    ]);
    const { rows } = await readAll(file.tables[0]);
    expect(rows[0]).toEqual(
      [
        '1',
        '9007199254740993',
        '1',
        '1.5',
        '10',
        true,
        '1',
        '2024-01-01',
        '2024-01-01T10:00:00Z',
        '5',
        '007',
        '{"a":1}',
        'x',
        '1',
      ].map((value, i) => (i === 6 ? '2' : value)),
    );
    file.close();
  });

  it('keeps keys, unique columns, defaults and foreign keys; tells what it leaves out', async () => {
    const file = await open(
      make(`CREATE TABLE parent (code TEXT PRIMARY KEY, photo BLOB) WITHOUT ROWID;
            CREATE TABLE child (a INT, b INT, parent TEXT REFERENCES parent, mail TEXT UNIQUE, state TEXT NOT NULL DEFAULT 'new', PRIMARY KEY (a, b));
            CREATE VIEW v AS SELECT 1; CREATE INDEX half ON child (mail) WHERE a > 1;
            INSERT INTO parent VALUES ('x', x'00'); INSERT INTO child VALUES (1, 2, 'x', 'm', 's');`),
      {},
      't.db',
    );
    const [parent, child] = file.tables;
    expect(parent?.columns.map(({ title, key, autoIncrement }) => [title, key, autoIncrement])).toEqual([
      ['code', true, false],
    ]);
    expect(
      child?.columns.map(({ title, key, unique, required, defaultValue }) => [
        title,
        key,
        unique,
        required,
        defaultValue,
      ]),
    ).toEqual([
      ['a', true, false, true, null],
      ['b', true, false, true, null],
      ['parent', false, false, false, null],
      ['mail', false, true, false, null],
      ['state', false, false, true, 'new'],
    ]);
    expect(child?.foreignKeys).toEqual([{ column: 'parent', table: 'parent', references: 'code' }]);
    expect(file.notes.join('\n')).toMatch(/binary values of column 'photo'/);
    expect(file.notes.join('\n')).toMatch(/view 'v' was not imported/);
    file.close();
  });

  it('refuses what is no SQLite file, and a damaged one', async () => {
    await expect(open('hello', { format: 'sqlite' }, 'x.db')).rejects.toThrow(/not a SQLite database/);
    const broken = make('CREATE TABLE t (a); INSERT INTO t VALUES (1)');
    broken.fill(0xff, 100);
    await expect(open(broken, {}, 'x.db')).rejects.toThrow(/cannot be read/);
  });

  it('reads a database in write-ahead mode', async () => {
    const path = join(folder, 'wal.db');
    const db = new Database(path);
    db.pragma('journal_mode = wal');
    db.exec('CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)');
    db.close();
    const file = await open(readFileSync(path), {}, 'wal.db');
    expect((await readAll(file.tables[0])).rows.length).toBe(2);
    file.close();
  });
});
