import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { type CsvRecord, createCsvScanner } from './scanCsv.ts';

function scan(text: string, sizes: readonly number[] = [], delimiter = ',', quote = '"'): CsvRecord[] {
  const scanner = createCsvScanner({ delimiter, quote });
  const records: CsvRecord[] = [];
  let at = 0;
  for (const size of sizes) {
    records.push(...scanner.push(text.slice(at, at + size)));
    at += size;
  }
  records.push(...scanner.push(text.slice(at)), ...scanner.end());
  return records;
}

const cells = (text: string): (readonly string[])[] => scan(text).map((record) => record.cells);

describe('createCsvScanner', () => {
  it.each([
    [
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\r\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\r1,2\r',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['a\r\nb\nc\rd', [['a'], ['b'], ['c'], ['d']]],
    ['"a,b","c""d","e\r\nf"\n', [['a,b', 'c"d', 'e\r\nf']]],
    ['5" nail,6"', [['5" nail', '6"']]],
    ['"a"b,c', [['ab', 'c']]],
    [
      'a,\n,b\n,',
      [
        ['a', ''],
        ['', 'b'],
        ['', ''],
      ],
    ],
    ['a\n\n\nb\n', [['a'], ['b']]],
    ['""\n', [['']]],
    ['', []],
  ])('%j', (text, expected) => {
    expect(cells(text)).toEqual(expected);
  });

  it('tells the line on which each record begins', () => {
    expect(scan('a\n"b\nb\r\nb"\r\n\nc').map((record) => record.line)).toEqual([1, 2, 6]);
  });

  it('refuses a quote that never closes, naming its line', () => {
    expect(() => scan('a,b\n1,"2\n3,4\n')).toThrow(/begins on line 2 opens a quote/);
  });

  it('reads without quotes when told so', () => {
    expect(scan('"a,b"\n', [], ',', '').map((record) => record.cells)).toEqual([['"a', 'b"']]);
  });

  const cell = fc.string({
    unit: fc.constantFrom('a', 'é', '😀', ' ', '"', ',', ';', '\t', '\n', '\r', '1'),
    maxLength: 8,
  });

  it('gives back what papaparse wrote, however the text is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 30 }),
        (rows, delimiter, newline, sizes) => {
          const text = Papa.unparse(rows, { delimiter, newline, quotes: true });
          expect(scan(text, sizes, delimiter).map((record) => record.cells)).toEqual(rows);
        },
      ),
    );
  });

  it('never fails on text without quotes and loses no character of it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ',', '\n', '\r', 'b') }),
        fc.integer({ min: 1, max: 5 }),
        (text, size) => {
          const sizes = Array.from({ length: Math.ceil(text.length / size) }, () => size);
          const joined = scan(text, sizes)
            .flatMap((record) => record.cells)
            .join('');
          expect(joined).toBe(text.replace(/[,\r\n]/g, ''));
        },
      ),
    );
  });
});
