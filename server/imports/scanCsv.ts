import { AppError } from '../core/errors.ts';

/**
 * Splits delimited text into records, piece by piece. Line ends may be CRLF, LF
 * or CR, also mixed; a quote opens a quoted value only at the start of a cell
 * and is doubled inside; text after a closing quote is kept as it stands.
 */

export interface CsvRecord {
  /** The line on which the record begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvDialect {
  readonly delimiter: string;
  /** '' when nothing is quoted. */
  readonly quote: string;
}

export interface CsvScanner {
  push(text: string): CsvRecord[];
  end(): CsvRecord[];
}

/** Longest record in characters: a quote that never closes must not eat the memory. */
const maxRecord = 8 * 1024 * 1024;

const lineFeed = 10;
const carriageReturn = 13;

interface Cell {
  readonly value: string;
  /** Where the character after the cell stands. */
  readonly end: number;
}

/** A quoted cell whose opening quote is at `start`; undefined while its end has not arrived. */
function scanQuoted(
  text: string,
  start: number,
  dialect: CsvDialect,
  final: boolean,
): Cell | 'open' | undefined {
  const { quote, delimiter } = dialect;
  let value = '';
  let from = start + 1;
  for (;;) {
    const close = text.indexOf(quote, from);
    if (close === -1) return 'open';
    if (close + 1 === text.length && !final) return undefined;
    value += text.slice(from, close);
    if (text[close + 1] === quote) {
      value += quote;
      from = close + 2;
      continue;
    }
    let end = close + 1;
    while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
    return { value: value + text.slice(close + 1, end), end };
  }
}

function scanPlain(text: string, start: number, delimiterCode: number): Cell {
  let end = start;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === delimiterCode || code === lineFeed || code === carriageReturn) break;
  }
  return { value: text.slice(start, end), end };
}

interface Scanned {
  readonly cells: string[];
  readonly next: number;
  /** A quoted cell may hold line ends of its own. */
  readonly quoted: boolean;
}

/** One record from `start`; undefined while it is not complete, 'open' inside a quoted value. */
function scanRecord(
  text: string,
  start: number,
  dialect: CsvDialect,
  final: boolean,
): Scanned | 'open' | undefined {
  const delimiterCode = dialect.delimiter.charCodeAt(0);
  const cells: string[] = [];
  let at = start;
  let anyQuoted = false;
  for (;;) {
    const quoted = dialect.quote !== '' && text[at] === dialect.quote;
    const cell = quoted ? scanQuoted(text, at, dialect, final) : scanPlain(text, at, delimiterCode);
    if (cell === undefined || cell === 'open') return cell;
    anyQuoted ||= quoted;
    if (cell.end >= text.length && !final) return undefined;
    cells.push(cell.value);
    if (cell.end >= text.length) return { cells, next: text.length, quoted: anyQuoted };
    const code = text.charCodeAt(cell.end);
    if (code === delimiterCode) {
      at = cell.end + 1;
      continue;
    }
    if (code === lineFeed) return { cells, next: cell.end + 1, quoted: anyQuoted };
    if (cell.end + 1 === text.length && !final) return undefined; // CR: a LF may follow
    const pair = text.charCodeAt(cell.end + 1) === lineFeed;
    return { cells, next: cell.end + (pair ? 2 : 1), quoted: anyQuoted };
  }
}

const countLines = (text: string, from: number, to: number): number => {
  let lines = 0;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code === lineFeed || (code === carriageReturn && text.charCodeAt(at + 1) !== lineFeed)) lines += 1;
  }
  return lines;
};

/** Throws UNPROCESSABLE for a record beyond 8 Mi characters and a quote that never closes. */
export function createCsvScanner(dialect: CsvDialect): CsvScanner {
  let rest = '';
  let line = 1;
  let waitFor = 0; // no use in scanning again before this many characters are there

  function neverCloses(): AppError {
    return new AppError(
      'UNPROCESSABLE',
      `The record that begins on line ${line} opens a quote (${dialect.quote}) that never closes. Correct the file, or import it with another quote character, or with none.`,
    );
  }

  function scan(final: boolean): CsvRecord[] {
    const records: CsvRecord[] = [];
    let at = 0;
    while (at < rest.length) {
      const found = scanRecord(rest, at, dialect, final);
      if (found === 'open' && final) throw neverCloses();
      if (found === undefined || found === 'open') break;
      const empty = found.cells.length === 1 && found.cells[0] === '' && rest[at] !== dialect.quote;
      if (!empty) records.push({ line, cells: found.cells });
      line += found.quoted ? countLines(rest, at, found.next) : 1;
      at = found.next;
    }
    rest = rest.slice(at);
    if (rest.length > maxRecord) {
      throw new AppError(
        'UNPROCESSABLE',
        `The record that begins on line ${line} is longer than ${maxRecord} characters: probably a quote that never closes. Correct the file, or give another quote or delimiter.`,
      );
    }
    waitFor = rest.length > 1_000_000 ? rest.length * 2 : 0; // doubling keeps long records linear
    return records;
  }

  return {
    push(text) {
      rest += text;
      return rest.length < waitFor && rest.length <= maxRecord ? [] : scan(false);
    },
    end: () => scan(true),
  };
}
