import { AppError } from '../core/errors.ts';
import type {
  ImportedBatch,
  ImportedFile,
  ImportedTable,
  SkippedColumns,
} from '../core/imports/importedFile.ts';

const refuse = (message: string): AppError => new AppError('UNPROCESSABLE', message);

function requireSkippable(table: ImportedTable, skipped: ReadonlySet<string>): void {
  for (const title of skipped) {
    const column = table.columns.find((one) => one.title === title);
    if (column === undefined)
      throw refuse(`The file has no column '${title.slice(0, 60)}' in '${table.title}' to leave out.`);
    if (column.key)
      throw refuse(`Column '${column.title}' of '${table.title}' is the key and cannot be left out.`);
  }
  if (table.columns.every((column) => skipped.has(column.title)))
    throw refuse(`Every column of '${table.title}' would be left out. Keep at least one.`);
}

async function* keepCells(table: ImportedTable, kept: readonly number[]): AsyncGenerator<ImportedBatch> {
  for await (const batch of table.read())
    yield { ...batch, rows: batch.rows.map((row) => kept.map((index) => row[index] ?? null)) };
}

/** The table without some columns, and without what the file says of these. */
function withoutColumns(table: ImportedTable, skipped: ReadonlySet<string>): ImportedTable {
  requireSkippable(table, skipped);
  if (skipped.size === 0) return table;
  const kept = [...table.columns.keys()].filter((index) => !skipped.has(table.columns[index]?.title ?? ''));
  return {
    ...table,
    columns: table.columns.filter(({ title }) => !skipped.has(title)),
    foreignKeys: table.foreignKeys.filter(({ column }) => !skipped.has(column)),
    indexes: table.indexes.filter(({ columns }) => !columns.some((title) => skipped.has(title))),
    read: () => keepCells(table, kept),
  };
}

/**
 * The file without the columns that people do not want. Throws UNPROCESSABLE for
 * tables and columns that it does not have, for keys, and where nothing would stay.
 */
export function withoutSkipped(file: ImportedFile, skip: SkippedColumns | undefined): ImportedFile {
  if (skip === undefined) return file;
  try {
    for (const title of skip.keys())
      if (!file.tables.some((table) => table.title === title))
        throw refuse(`The file has no table '${title.slice(0, 60)}' to leave columns out of.`);
    const tables = file.tables.map((table) => withoutColumns(table, skip.get(table.title) ?? new Set()));
    // A foreign key to a column that is left out leads nowhere.
    const leads = ({ table, references }: ImportedTable['foreignKeys'][number]): boolean =>
      skip.get(table)?.has(references) !== true;
    return { ...file, tables: tables.map((one) => ({ ...one, foreignKeys: one.foreignKeys.filter(leads) })) };
  } catch (error) {
    file.close();
    throw error;
  }
}
