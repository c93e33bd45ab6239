import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHtml, readTsv, writeHtml, writeTsv } from './tsv.ts';

const text = fc.oneof(
  fc.string(),
  fc
    .array(fc.constantFrom('\t', '\n', '\r\n', '"', '""', 'a', ' ', '<b>', '&amp;'))
    .map((parts) => parts.join('')),
);

/** A block of cells: every row as long as the first. */
const block = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(text, { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );

describe('tab separated text', () => {
  it('reads back whatever was written', () => {
    fc.assert(
      fc.property(block, (rows) => {
        const last = rows.at(-1);
        // One empty cell at the very end is what a closing line end means.
        fc.pre(!(rows.length > 1 && last?.length === 1 && last[0] === ''));
        expect(readTsv(writeTsv(rows))).toEqual(rows);
      }),
    );
  });

  it('reads what spreadsheets write', () => {
    expect(readTsv('a\tb\r\n1\t2\r\n')).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    expect(readTsv('"two\nlines"\t"say ""hi"""\nx\t')).toEqual([
      ['two\nlines', 'say "hi"'],
      ['x', ''],
    ]);
    expect(readTsv('5" pipe\t"open')).toEqual([['5" pipe', '"open']]);
    expect(readTsv('"a"b\tc')).toEqual([['"a"b', 'c']]);
    expect(readTsv('')).toEqual([['']]);
  });

  it('never fails, whatever is on the clipboard', () => {
    fc.assert(fc.property(text, (any) => readTsv(any).length >= 1));
  });
});

describe('tables of HTML', () => {
  it('read back what was written, but for blanks around and between words', () => {
    const tidy = (cell: string): string =>
      cell
        .split(/\r?\n/)
        .map((line) => line.replaceAll(/\s+/g, ' '))
        .join('\n')
        .trim();
    const plain = block.map((rows) => rows.map((row) => row.map((cell) => cell.replaceAll('\r', ''))));
    fc.assert(
      fc.property(plain, (rows) => {
        const tidied = rows.map((row) => row.map(tidy));
        expect(readHtml(writeHtml(rows))?.map((row) => row.map(tidy))).toEqual(tidied);
      }),
    );
  });

  it('are found in what other programs copy', () => {
    const sheet =
      '<meta charset="utf-8"><style>td{}</style><table border=1><tbody><tr style="x"><td>1</td><td>a &amp; b</td></tr><tr><td></td><td>two<br>lines</td></tr></tbody></table>';
    expect(readHtml(sheet)).toEqual([
      ['1', 'a & b'],
      ['', 'two\nlines'],
    ]);
    expect(readHtml('<p>no table</p>')).toBeUndefined();
  });

  it('never let markup of a cell out', () => {
    expect(writeHtml([['<img src=x onerror=alert(1)>']])).not.toContain('<img');
  });
});
