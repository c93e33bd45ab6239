import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx';
import { AppError } from '../core/errors.ts';
import type { ImportedColumn, ImportedType, ReadOptions } from '../core/imports/importedFile.ts';
import { classifyWords, kinds } from './classify.ts';
import { cleanTitle, freeTitle, nameColumns } from './nameColumns.ts';
import { type ColumnProfile, fitTo, newProfile, noteKind, noteText, typeOfProfile } from './profile.ts';
import { type Cell, type CellFormats, kindOf, readCell } from './xlsxCells.ts';

/** Sheets of a workbook as tables; pure, runs on the reader's thread. */

const maxColumns = 490;
const maxSheets = 200;
/** What a sheet can have at most. */
const mostRows = 1_048_576;

export interface SheetTable {
  readonly title: string;
  readonly columns: readonly ImportedColumn[];
  readonly rowCount: number;
  /** Values in the order of the columns, and the number of each row in its sheet. */
  readonly read: (from: number, count: number) => { rows: unknown[][]; numbers: number[] };
}

export interface SheetOptions extends Pick<ReadOptions, 'header' | 'types'> {
  /** Of a table whose sheet has no name of its own. */
  readonly fileTitle: string;
  /** Asked for by the caller, for files of one sheet. */
  readonly title: string | undefined;
}

interface Grid {
  /** Rows that hold something, with their index in the sheet. */
  readonly rows: readonly { readonly index: number; readonly cells: readonly (Cell | undefined)[] }[];
  readonly width: number;
  readonly errors: number;
}

function refuseHuge(what: string): AppError {
  return new AppError('UNPROCESSABLE', `The Excel file is damaged: a cell stands ${what}.`);
}

/** Cells in the columns from the first used one to the last. */
function readGrid(sheet: WorkSheet, formats: CellFormats, since1904: boolean): Grid {
  const data = (sheet['!data'] ?? []) as (CellObject | undefined)[][];
  if (data.length > mostRows) throw refuseHuge('below the last row that a sheet can have');
  const rows: { index: number; cells: (Cell | undefined)[] }[] = [];
  let errors = 0;
  let [first, last] = [Number.POSITIVE_INFINITY, -1];
  for (const [index, row] of data.entries()) {
    if (row === undefined || row === null) continue;
    if (row.length > 16_384) throw refuseHuge('right of the last column that a sheet can have');
    let filled = false;
    const cells = Array.from(row, (cell, column) => {
      const value = readCell(cell, formats, since1904);
      if (value === undefined) return undefined;
      filled = true;
      [first, last] = [Math.min(first, column), Math.max(last, column)];
      if (value !== 'error') return value;
      errors += 1;
      return undefined;
    });
    if (filled) rows.push({ index, cells });
  }
  const width = Math.max(0, last - first + 1);
  return {
    rows: rows.map(({ index, cells }) => ({ index, cells: cells.slice(first, first + width) })),
    width,
    errors,
  };
}

function noteCell(profile: ColumnProfile, cell: Cell): void {
  if (cell.kind === 'text') noteText(profile, cell.value, classifyWords);
  else noteKind(profile, cell.kind, String(cell.value).length);
}

function survey(grid: Grid): ColumnProfile[] {
  const profiles = Array.from({ length: grid.width }, newProfile);
  for (const { cells } of grid.rows.slice(1)) {
    for (const [column, cell] of cells.entries()) {
      if (cell !== undefined) noteCell(profiles[column] as ColumnProfile, cell);
    }
  }
  return profiles;
}

/** Whole numbers from 1000 to 2999 may be years, which are titles. */
const isYear = (cell: Cell): boolean =>
  typeof cell.value === 'number' && /^[12]\d{3}$/.test(String(cell.value));

/** The first row holds titles unless one of its cells is data like the cells below it. */
function guessHeader(first: readonly (Cell | undefined)[], profiles: readonly ColumnProfile[]): boolean {
  return !first.some((cell, column) => {
    if (cell === undefined || isYear(cell)) return false;
    const isWord = (kindOf(cell) & (kinds.text | kinds.boolean)) !== 0 && cell.kind !== kinds.boolean;
    return !isWord && ((profiles[column]?.seen ?? 0) & kinds.text) === 0;
  });
}

const plainColumn = (title: string, type: ImportedType): ImportedColumn => ({
  title,
  type,
  options: {},
  key: false,
  autoIncrement: false,
  required: false,
  unique: false,
  defaultValue: null,
});

function toTable(grid: Grid, title: string, options: SheetOptions): SheetTable {
  if (grid.width > maxColumns) {
    throw new AppError(
      'UNPROCESSABLE',
      `Sheet '${title}' has ${grid.width} columns; a table can have ${maxColumns}. Split the sheet.`,
    );
  }
  const [first] = grid.rows;
  const profiles = survey(grid);
  const header = options.header ?? guessHeader(first?.cells ?? [], profiles);
  if (!header) {
    for (const [column, cell] of (first?.cells ?? []).entries()) {
      if (cell !== undefined) noteCell(profiles[column] as ColumnProfile, cell);
    }
  }
  const words = Array.from({ length: grid.width }, (_, column) =>
    header ? String(first?.cells[column]?.value ?? '') : '',
  );
  const titles = nameColumns(words);
  const kept = titles
    .map((_, column) => column)
    .filter((column) => words[column] !== '' || (profiles[column]?.filled ?? 0) > 0);
  const chosen = options.types?.get(title);
  const columns = kept.map((column) => {
    const name = titles[column] ?? '';
    return plainColumn(name, chosen?.get(name) ?? typeOfProfile(profiles[column] ?? newProfile()));
  });
  const fits = columns.map((column) => fitTo(column.type));
  const rows = header ? grid.rows.slice(1) : grid.rows;
  return {
    title,
    columns,
    rowCount: rows.length,
    read(from, count) {
      const part = rows.slice(from, from + count);
      return {
        rows: part.map(({ cells }) => kept.map((column, i) => fits[i]?.(cells[column]?.value ?? null))),
        numbers: part.map(({ index }) => index + 1),
      };
    },
  };
}

/** Names that programs give to sheets nobody named. */
const isUnnamed = (name: string): boolean =>
  /^(?:sheet|tabelle|feuil|hoja|foglio|blad|planilha|sayfa|arkusz|лист)\s*\d*$/i.test(name.trim());

/** Every sheet that holds something, and what people should know. Throws UNPROCESSABLE. */
export function readSheets(
  book: WorkBook,
  formats: CellFormats,
  options: SheetOptions,
): { tables: SheetTable[]; notes: string[] } {
  if (book.SheetNames.length > maxSheets) {
    throw new AppError('UNPROCESSABLE', `The Excel file has more than ${maxSheets} sheets. Split it.`);
  }
  const since1904 = book.Workbook?.WBProps?.date1904 === true;
  const grids = book.SheetNames.flatMap((name) => {
    const sheet = book.Sheets[name];
    return sheet === undefined ? [] : [{ name, grid: readGrid(sheet, formats, since1904) }];
  }).filter(({ grid }) => grid.rows.length > 0);
  const taken = new Set<string>();
  const notes: string[] = [];
  const tables = grids.map(({ name, grid }) => {
    const own = cleanTitle(name);
    const only = grids.length === 1;
    const wanted = only && options.title !== undefined ? options.title : only && isUnnamed(own) ? '' : own;
    const title = freeTitle(wanted || options.fileTitle, taken);
    taken.add(title.toLowerCase());
    if (grid.errors > 0) {
      notes.push(`Sheet '${own}': ${grid.errors} cells hold an error such as #DIV/0!; they come in empty.`);
    }
    return toTable(grid, title, options);
  });
  return { tables, notes };
}
