import Papa from 'papaparse';
import { AppError } from '../core/errors.ts';
import type {
  ImportedBatch,
  ImportedColumn,
  ImportedFile,
  ReadOptions,
  RefusedRow,
} from '../core/imports/importedFile.ts';
import { classifyText, kinds } from './classify.ts';
import { decodeText, detectEncoding, requireEncoding } from './decodeText.ts';
import { nameColumns } from './nameColumns.ts';
import { type ColumnProfile, fitTo, newProfile, noteText, typeOfProfile } from './profile.ts';
import { type CsvDialect, type CsvRecord, createCsvScanner } from './scanCsv.ts';

/** Columns of one table: the limit of a table, with room for the automatic ones. */
const maxColumns = 490;

/** What the first pass found out. */
interface Survey {
  readonly profiles: ColumnProfile[];
  readonly first: CsvRecord | undefined;
  /** How many rows after the first have so many cells. */
  readonly widths: Map<number, number>;
  readonly rows: number;
}

interface Layout {
  readonly header: boolean;
  readonly columns: readonly ImportedColumn[];
}

async function* readRecords(
  path: string,
  encoding: string,
  dialect: CsvDialect,
  skipFirstLine: boolean,
): AsyncGenerator<CsvRecord[]> {
  const scanner = createCsvScanner(dialect);
  let skip = skipFirstLine;
  const without = (records: CsvRecord[]): CsvRecord[] => {
    if (!skip || records.length === 0) return records;
    skip = false;
    return records.slice(1);
  };
  for await (const text of decodeText(path, encoding)) yield without(scanner.push(text));
  yield without(scanner.end());
}

const looksDecimalComma = /^-?\d+(,\d+)?$/;

/** '12,5' as '12.5' when the file's numbers are written so. */
const pointed = (cell: string): string => {
  const trimmed = cell.trim();
  return looksDecimalComma.test(trimmed) ? trimmed.replace(',', '.') : cell;
};

const classifyPointed = (text: string): number => classifyText(pointed(text));

function noteRecord(profiles: ColumnProfile[], record: CsvRecord, classify: (text: string) => number): void {
  const { cells } = record;
  if (cells.length > maxColumns) {
    throw new AppError(
      'UNPROCESSABLE',
      `Line ${record.line} has ${cells.length} cells; a table can have ${maxColumns} columns. Check the delimiter, or split the file.`,
    );
  }
  while (profiles.length < cells.length) profiles.push(newProfile());
  for (let index = 0; index < cells.length; index += 1) {
    const cell = cells[index] as string;
    if (cell !== '') noteText(profiles[index] as ColumnProfile, cell, classify);
  }
}

async function survey(
  records: AsyncIterable<CsvRecord[]>,
  classify: (text: string) => number,
): Promise<Survey> {
  const profiles: ColumnProfile[] = [];
  const widths = new Map<number, number>();
  let first: CsvRecord | undefined;
  let rows = 0;
  for await (const batch of records) {
    for (const record of batch) {
      if (first === undefined) {
        first = record;
        continue;
      }
      rows += 1;
      widths.set(record.cells.length, (widths.get(record.cells.length) ?? 0) + 1);
      noteRecord(profiles, record, classify);
    }
  }
  return { profiles, first, widths, rows };
}

/** Kinds that no one would choose as a title; whole numbers from 1000 to 2999 may be years. */
function isNoTitle(cell: string, classify: (text: string) => number): boolean {
  const text = cell.trim();
  if (text === '' || /^[12]\d{3}$/.test(text)) return false;
  return (classify(text) & (kinds.text | kinds.boolean)) === 0;
}

/** The first row holds titles unless one of its cells is data like the cells below it. */
function guessHeader(found: Survey, classify: (text: string) => number): boolean {
  const cells = found.first?.cells ?? [];
  return !cells.some((cell, index) => {
    const below = found.profiles[index]?.seen ?? 0;
    return isNoTitle(cell, classify) && (below & kinds.text) === 0;
  });
}

/** Cells of most rows, when that is more than the first row has; otherwise the first row's. */
function columnCount(found: Survey): number {
  const first = found.first?.cells.length ?? 0;
  let [common, most] = [first, 0];
  for (const [width, count] of found.widths) if (count > most) [common, most] = [width, count];
  return most * 2 > found.rows ? Math.max(first, common) : first;
}

function layOut(
  found: Survey,
  table: string,
  options: ReadOptions,
  classify: (text: string) => number,
): Layout {
  const header = options.header ?? guessHeader(found, classify);
  if (!header && found.first !== undefined) noteRecord(found.profiles, found.first, classify);
  const count = columnCount(found);
  const given = header ? (found.first?.cells ?? []) : [];
  const titles = nameColumns(Array.from({ length: count }, (_, index) => given[index] ?? ''));
  const chosen = options.types?.get(table);
  const columns = titles.map((title, index) => ({
    title,
    type: chosen?.get(title) ?? typeOfProfile(found.profiles[index] ?? newProfile()),
    options: {},
    key: false,
    autoIncrement: false,
    required: false,
    unique: false,
    defaultValue: null,
  }));
  return { header, columns };
}

function refuseLong(record: CsvRecord, count: number): RefusedRow | undefined {
  const extra = record.cells.slice(count).find((cell) => cell !== '');
  if (extra === undefined) return undefined;
  const reason = `the row has ${record.cells.length} cells, the table ${count} columns`;
  return { row: record.line, column: null, value: extra.slice(0, 100), reason };
}

/** Records to rows in the order of the columns. */
async function* toBatches(
  records: AsyncIterable<CsvRecord[]>,
  layout: Layout,
  prepare: (cell: string) => string,
): AsyncGenerator<ImportedBatch> {
  const fit = layout.columns.map((column) => fitTo(column.type));
  const numeric = layout.columns.map((column) => column.type === 'Decimal' || column.type === 'Number');
  let first = layout.header;
  for await (const records_ of records) {
    const batch = { rows: [] as unknown[][], numbers: [] as number[], refused: [] as RefusedRow[] };
    for (const record of records_) {
      if (first) {
        first = false;
        continue;
      }
      const refused = refuseLong(record, fit.length);
      if (refused !== undefined) {
        batch.refused.push(refused);
        continue;
      }
      const row = fit.map((convert, index) => {
        const cell = record.cells[index] ?? '';
        return cell === '' ? null : convert(numeric[index] === true ? prepare(cell) : cell);
      });
      batch.rows.push(row);
      batch.numbers.push(record.line);
    }
    if (batch.rows.length > 0 || batch.refused.length > 0) yield batch;
  }
}

/** `sep=;` on the first line, as spreadsheets write it, else what papaparse finds in the first lines. */
function detectDelimiter(sample: string): { delimiter: string; separatorLine: boolean } {
  const separator = /^sep=(.)\r?\n/i.exec(sample)?.[1];
  if (separator !== undefined) return { delimiter: separator, separatorLine: true };
  const found = Papa.parse(sample, {
    preview: 50,
    delimitersToGuess: [',', ';', '\t', '|'],
    skipEmptyLines: true,
  });
  return { delimiter: found.meta.delimiter || ',', separatorLine: false };
}

/** One character that is no line end; words for those that are hard to type. */
function requireCharacter(what: 'delimiter' | 'quote', given: string): string {
  const words: Record<string, string> = {
    tab: '\t',
    '\\t': '\t',
    comma: ',',
    semicolon: ';',
    pipe: '|',
    space: ' ',
  };
  const character = words[given.toLowerCase()] ?? given;
  if (character.length === 1 && character !== '\n' && character !== '\r') return character;
  throw new AppError(
    'UNPROCESSABLE',
    `The ${what} '${given.slice(0, 20)}' is not one character. Give one such as , ; | or the word tab.`,
  );
}

async function sampleOf(path: string, encoding: string): Promise<string> {
  for await (const text of decodeText(path, encoding)) return text;
  return '';
}

function notesOf(found: Survey, layout: Layout, encoding: string, detected: boolean): string[] {
  const notes: string[] = [];
  if (detected && encoding !== 'utf-8') notes.push(`The file was read as ${encoding}.`);
  if (!layout.header) notes.push('The first row holds data, so the columns were numbered.');
  let short = 0;
  for (const [width, count] of found.widths) if (width < layout.columns.length) short += count;
  if (short > 0)
    notes.push(`${short} rows have fewer than ${layout.columns.length} cells; the missing ones are empty.`);
  return notes;
}

/**
 * Looks through a delimited file: two passes, constant memory. Throws
 * UNPROCESSABLE for an unknown encoding, a wrong delimiter or a quote that never closes.
 */
export async function openCsv(path: string, title: string, options: ReadOptions): Promise<ImportedFile> {
  const encoding =
    options.encoding === undefined ? await detectEncoding(path) : requireEncoding(options.encoding);
  const found = detectDelimiter(await sampleOf(path, encoding));
  const delimiter =
    options.delimiter === undefined ? found.delimiter : requireCharacter('delimiter', options.delimiter);
  const quote = options.quote === undefined ? '"' : options.quote && requireCharacter('quote', options.quote);
  const records = (): AsyncGenerator<CsvRecord[]> =>
    readRecords(path, encoding, { delimiter, quote }, found.separatorLine);
  const classify = options.decimalComma === true ? classifyPointed : classifyText;
  const surveyed = await survey(records(), classify);
  const layout = layOut(surveyed, title, options, classify);
  if (layout.columns.length === 0) {
    throw new AppError('UNPROCESSABLE', 'The file holds no text. Give a file with at least one line.');
  }
  const prepare = options.decimalComma === true ? pointed : (cell: string) => cell;
  return {
    format: 'csv',
    tables: [
      {
        title,
        columns: layout.columns,
        foreignKeys: [],
        indexes: [],
        rowCount: surveyed.rows + (layout.header || surveyed.first === undefined ? 0 : 1),
        read: () => toBatches(records(), layout, prepare),
      },
    ],
    notes: notesOf(surveyed, layout, encoding, options.encoding === undefined),
    close: () => undefined,
  };
}
