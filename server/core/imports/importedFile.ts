/**
 * What a file brings, whatever its format. Readers (server/imports) make these
 * from CSV, JSON, SQLite and Excel files; importTables.ts turns them into tables.
 */

export const importFormats = ['csv', 'json', 'ndjson', 'sqlite', 'xlsx'] as const;
export type ImportFormat = (typeof importFormats)[number];

/** How the caller wants a file read; what is not said is found out from the data. */
export interface ReadOptions {
  readonly format?: ImportFormat;
  /** CSV: one character. */
  readonly delimiter?: string;
  /** CSV: one character, or '' for none; `"` unless said. */
  readonly quote?: string;
  /** CSV and Excel: whether the first row holds the titles. */
  readonly header?: boolean;
  /** CSV: numbers are written with a decimal comma, `12,5`. */
  readonly decimalComma?: boolean;
  /** A name that TextDecoder knows, e.g. `windows-1252`, `utf-16le`. */
  readonly encoding?: string;
  /** Title of the table of a file that holds one; the file's name unless said. */
  readonly title?: string;
  /** Types of columns, by titles of table and column, in place of those found. */
  readonly types?: ChosenTypes;
  /** Columns to leave out: their titles, by the title of their table. */
  readonly skip?: SkippedColumns;
}

/** Column types that people may choose for an import: words of the wire. */
export const choosableTypes = [
  'SingleLineText',
  'LongText',
  'Number',
  'Decimal',
  'Currency',
  'Percent',
  'Checkbox',
  'Date',
  'DateTime',
  'Time',
  'Year',
  'Email',
  'URL',
  'PhoneNumber',
  'JSON',
] as const;
export type ChoosableType = (typeof choosableTypes)[number];
/** What a column of the new table can be: a reader may also find a key. */
export type ImportedType = ChoosableType | 'ID';

/** By the title of the table, then of the column. */
export type ChosenTypes = ReadonlyMap<string, ReadonlyMap<string, ChoosableType>>;

/** By the title of the table, the titles of columns. */
export type SkippedColumns = ReadonlyMap<string, ReadonlySet<string>>;

export interface ImportedColumn {
  readonly title: string; // unique in its table in any case, 1 to 255 characters
  readonly type: ImportedType;
  /** The wire's `meta` of the type. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly key: boolean;
  /** A single integer key: later records get the next number. */
  readonly autoIncrement: boolean;
  readonly required: boolean;
  readonly unique: boolean;
  readonly defaultValue: string | null;
}

/** By title, within the same file. */
export interface ImportedForeignKey {
  readonly column: string;
  readonly table: string;
  readonly references: string;
}

export interface ImportedIndex {
  readonly columns: readonly string[]; // titles
  readonly unique: boolean;
}

/** A row that was not stored, and why. */
export interface RefusedRow {
  /** Line of a text file, otherwise the row's ordinal number; from 1. */
  readonly row: number;
  readonly column: string | null;
  /** Shortened for display. */
  readonly value: string | null;
  readonly reason: string;
}

/** Up to some hundred rows with values in the order of the columns, in a form their type parses. */
export interface ImportedBatch {
  readonly rows: readonly (readonly unknown[])[];
  /** Where each row stands in the file, as `RefusedRow.row`. */
  readonly numbers: readonly number[];
  /** Rows between these that the reader could not make sense of. */
  readonly refused: readonly RefusedRow[];
}

export interface ImportedTable {
  readonly title: string;
  readonly columns: readonly ImportedColumn[];
  readonly foreignKeys: readonly ImportedForeignKey[];
  readonly indexes: readonly ImportedIndex[];
  /** Rows that `read` will give, refused ones included. */
  readonly rowCount: number;
  /** Reads the file again from its start; constant memory. */
  readonly read: () => AsyncIterable<ImportedBatch>;
}

/** A file that was looked through once: its tables and types are known. */
export interface ImportedFile {
  readonly format: ImportFormat;
  readonly tables: readonly ImportedTable[];
  /** What people should know: things left out or read in a special way. */
  readonly notes: readonly string[];
  readonly close: () => void;
}

/** A file of the caller, kept for one import. */
export interface StoredFile {
  /** Names an upload among all of the instance; '' for a file that is nobody's upload. */
  readonly id: string;
  readonly path: string;
  /** As the caller named it. */
  readonly name: string;
  readonly bytes: number;
}

/** Where uploads rest until they are imported, and who reads them. */
export interface ImportFiles {
  /**
   * Stores the bytes. Throws PAYLOAD_TOO_LARGE beyond the instance's limit and
   * INVALID_REQUEST_BODY for an empty file or a broken-off upload; nothing stays behind then.
   */
  save(bytes: AsyncIterable<Uint8Array>, name: string): Promise<StoredFile>;
  /** Looks through the whole file. Throws UNPROCESSABLE with what is wrong and where. */
  open(file: StoredFile, options: ReadOptions): Promise<ImportedFile>;
  remove(file: StoredFile): Promise<void>;
  /** Removes what a crash left behind; at start, before the first upload. */
  sweep(): Promise<void>;
  /** Whether another living process still works on what came with this upload. */
  isInUse(id: string): Promise<boolean>;
  /** Hears an import that failed for no reason of the caller; for the log. */
  failed(error: unknown): void;
}
