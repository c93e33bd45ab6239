import { AppError } from '../core/errors.ts';
import type {
  ChoosableType,
  ChosenTypes,
  ImportedBatch,
  ImportedFile,
  ImportedTable,
} from '../core/imports/importedFile.ts';
import { fitTo } from './profile.ts';

type Fit = ((value: unknown) => unknown) | undefined;

const refuse = (message: string): AppError => new AppError('UNPROCESSABLE', message);

function requireKnown(table: ImportedTable, chosen: ReadonlyMap<string, ChoosableType>): void {
  for (const [title, type] of chosen) {
    const column = table.columns.find((one) => one.title === title);
    if (column === undefined) {
      throw refuse(`The file has no column '${title.slice(0, 60)}' in '${table.title}' to give a type to.`);
    }
    if (column.key && column.type !== type) {
      throw refuse(`Column '${column.title}' of '${table.title}' is the key, which keeps its type.`);
    }
  }
}

async function* fitRows(table: ImportedTable, fits: readonly Fit[]): AsyncGenerator<ImportedBatch> {
  for await (const batch of table.read()) {
    const rows = batch.rows.map((row) =>
      row.map((value, index) => (value === null ? null : (fits[index]?.(value) ?? value))),
    );
    yield { ...batch, rows };
  }
}

/** Gives columns their chosen type where the reader of the format has not done it. */
function withTypes(table: ImportedTable, chosen: ReadonlyMap<string, ChoosableType>): ImportedTable {
  requireKnown(table, chosen);
  const wanted = table.columns.map(({ title, type }) => {
    const choice = chosen.get(title);
    return choice === type ? undefined : choice;
  });
  if (wanted.every((type) => type === undefined)) return table;
  const columns = table.columns.map((column, index) => {
    const type = wanted[index];
    return type === undefined ? column : { ...column, type, options: {}, defaultValue: null };
  });
  const fits = wanted.map((type) => (type === undefined ? undefined : fitTo(type)));
  return { ...table, columns, read: () => fitRows(table, fits) };
}

/**
 * The file with the types that people chose in place of those found. Throws
 * UNPROCESSABLE for tables and columns that it does not have, and for keys.
 */
export function withChosenTypes(file: ImportedFile, types: ChosenTypes | undefined): ImportedFile {
  if (types === undefined) return file;
  try {
    for (const title of types.keys()) {
      if (!file.tables.some((table) => table.title === title)) {
        throw refuse(`The file has no table '${title.slice(0, 60)}' to give types to.`);
      }
    }
    const tables = file.tables.map((table) => {
      const chosen = types.get(table.title);
      return chosen === undefined ? table : withTypes(table, chosen);
    });
    return { ...file, tables };
  } catch (error) {
    file.close();
    throw error;
  }
}
