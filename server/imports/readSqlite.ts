import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { AppError } from '../core/errors.ts';
import type {
  ImportedBatch,
  ImportedColumn,
  ImportedFile,
  ImportedTable,
  ImportedType,
} from '../core/imports/importedFile.ts';
import { readStart } from './decodeText.ts';
import { fitTo } from './profile.ts';
import { quote, readSchema, type SqliteColumn, type SqliteTable } from './sqliteSchema.ts';
import {
  newSqliteProfile,
  noteSqliteValue,
  type SqliteProfile,
  type SqliteValue,
  typeOfColumn,
} from './sqliteTypes.ts';

const batchSize = 500;

/** The first bytes of every SQLite file. */
const magic = 'SQLite format 3\0';

export const isSqliteFile = async (path: string): Promise<boolean> =>
  (await readStart(path, magic.length)).toString('latin1') === magic;

function unreadable(error: unknown): AppError {
  return new AppError(
    'UNPROCESSABLE',
    'The SQLite file cannot be read: it is damaged, encrypted or in use. Make a fresh copy with VACUUM INTO and import that.',
    undefined,
    error,
  );
}

const asUnreadable = (error: unknown): unknown =>
  error instanceof Database.SqliteError ? unreadable(error) : error;

function openReadOnly(path: string): Database.Database {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  db.pragma('trusted_schema = off'); // nothing in a stranger's schema may run functions with effects
  db.pragma('query_only = on');
  db.pragma('cell_size_check = on');
  db.defaultSafeIntegers(true);
  return db;
}

/** The table's rows in batches, in the order of their key; other work gets its turn between batches. */
async function* readRows(
  db: Database.Database,
  table: SqliteTable,
  columns: readonly SqliteColumn[],
): AsyncGenerator<SqliteValue[][]> {
  const list = columns.map((column) => quote(column.name)).join(', ');
  const statement = db.prepare(`SELECT ${list} FROM ${quote(table.name)}`).raw();
  let batch: SqliteValue[][] = [];
  try {
    for (const row of statement.iterate() as IterableIterator<SqliteValue[]>) {
      batch.push(row);
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
      await nextTurn();
    }
  } catch (error) {
    throw asUnreadable(error);
  }
  if (batch.length > 0) yield batch;
}

interface Survey {
  readonly profiles: readonly SqliteProfile[];
  readonly rows: number;
}

async function survey(db: Database.Database, table: SqliteTable): Promise<Survey> {
  const profiles = table.columns.map(newSqliteProfile);
  let rows = 0;
  for await (const batch of readRows(db, table, table.columns)) {
    rows += batch.length;
    for (const row of batch) {
      for (const [index, column] of table.columns.entries()) {
        noteSqliteValue(profiles[index] as SqliteProfile, row[index] ?? null, column.declared);
      }
    }
  }
  return { profiles, rows };
}

interface Chosen {
  readonly source: SqliteColumn;
  readonly column: ImportedColumn;
}

/** Columns that hold nothing but binary values are left out, which is told. */
function chooseColumns(table: SqliteTable, found: Survey, notes: string[]): Chosen[] {
  const complete = (index: number): boolean => {
    const profile = found.profiles[index];
    return profile !== undefined && profile.blobs === 0 && profile.filled === found.rows;
  };
  const keyIndexes = [...table.columns.keys()].filter((index) => (table.columns[index]?.keyPlace ?? 0) > 0);
  const keyUsable = keyIndexes.length > 0 && keyIndexes.every(complete);
  if (keyIndexes.length > 0 && !keyUsable) {
    notes.push(
      `Table '${table.title}': its primary key holds empty or binary values, so its records get new keys.`,
    );
  }
  const chosen: Chosen[] = [];
  for (const [index, source] of table.columns.entries()) {
    const profile = found.profiles[index] as SqliteProfile;
    if (profile.blobs > 0) {
      notes.push(
        `Table '${table.title}': ${profile.blobs} binary values of column '${source.title}' were not imported.`,
      );
      if (profile.filled === 0) continue;
    }
    const type = typeOfColumn(profile, source.declared);
    const key = keyUsable && source.keyPlace > 0;
    const single = key && keyIndexes.length === 1 && type === 'Number';
    chosen.push({
      source,
      column: {
        title: source.title,
        type: single ? 'ID' : type,
        options: {},
        key,
        autoIncrement: single,
        required: key || (source.notNull && profile.blobs === 0),
        unique: !single && source.unique,
        defaultValue: single ? null : source.defaultValue,
      },
    });
  }
  return chosen;
}

const numberOrNull = (value: SqliteValue): unknown => (Buffer.isBuffer(value) ? null : value);

function fitColumn(type: ImportedType): (value: SqliteValue) => unknown {
  if (type === 'JSON')
    return (value) =>
      typeof value === 'bigint' || typeof value === 'number' ? String(value) : numberOrNull(value);
  const convert = fitTo(type);
  if (type === 'Checkbox')
    return (value) => (typeof value === 'bigint' ? value === 1n : convert(numberOrNull(value)));
  return (value) => convert(numberOrNull(value));
}

async function* toBatches(
  db: Database.Database,
  table: SqliteTable,
  chosen: readonly Chosen[],
): AsyncGenerator<ImportedBatch> {
  const fit = chosen.map(({ column }) => fitColumn(column.type));
  let number = 0;
  for await (const batch of readRows(
    db,
    table,
    chosen.map(({ source }) => source),
  )) {
    yield {
      rows: batch.map((row) => fit.map((convert, index) => convert(row[index] ?? null))),
      numbers: batch.map(() => ++number),
      refused: [],
    };
  }
}

async function readTable(
  db: Database.Database,
  table: SqliteTable,
  notes: string[],
): Promise<ImportedTable | undefined> {
  const found = await survey(db, table);
  const chosen = chooseColumns(table, found, notes);
  if (chosen.length === 0) {
    notes.push(`Table '${table.title}' was not imported: it has no column that can be.`);
    return undefined;
  }
  const kept = new Set(chosen.map(({ column }) => column.title));
  return {
    title: table.title,
    columns: chosen.map(({ column }) => column),
    foreignKeys: table.foreignKeys.filter((foreign) => kept.has(foreign.column)),
    indexes: table.indexes.filter((index) => index.columns.every((title) => kept.has(title))),
    rowCount: found.rows,
    read: () => toBatches(db, table, chosen),
  };
}

/**
 * Looks through a SQLite file, opened read-only and distrusted: every table with
 * columns, types checked against the values, keys, unique columns and foreign
 * keys. Throws UNPROCESSABLE for a file that is no SQLite database or damaged.
 */
export async function openSqlite(path: string): Promise<ImportedFile> {
  if (!(await isSqliteFile(path))) {
    throw new AppError(
      'UNPROCESSABLE',
      'The file is not a SQLite database: it does not begin with the SQLite header.',
    );
  }
  let db: Database.Database | undefined;
  try {
    db = openReadOnly(path);
    const notes: string[] = [];
    const tables: ImportedTable[] = [];
    for (const table of readSchema(db, notes)) {
      const read = await readTable(db, table, notes);
      if (read !== undefined) tables.push(read);
    }
    if (tables.length === 0)
      throw new AppError('UNPROCESSABLE', 'The SQLite file holds no table that can be imported.');
    const opened = db;
    return { format: 'sqlite', tables, notes, close: () => opened.close() };
  } catch (error) {
    db?.close();
    throw asUnreadable(error);
  }
}
