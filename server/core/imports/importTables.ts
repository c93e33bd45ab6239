import { recordAudit } from '../audit/record.ts';
import { requireBase } from '../bases/require.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Base, Caller, Column, Table } from '../model.ts';
import { deleteTable } from '../tables/delete.ts';
import { sameTitle } from '../tables/titles.ts';
import { type Created, createImportedTable, keepRelations } from './createTables.ts';
import type { ImportedFile, ImportedTable } from './importedFile.ts';
import { createRefusals, type ImportProgress, type ImportReport, type TableReport } from './report.ts';
import { storeRows } from './storeRows.ts';

export interface ImportOptions {
  /** Set: the rows go to this table, columns matched by title. */
  readonly into?: Table | undefined;
  readonly onProgress?: (progress: ImportProgress) => Promise<void>;
  /** Aborted: the import stops after the batch at hand and cleans up. */
  readonly signal?: AbortSignal | undefined;
}

type Tell = (rowsDone: number, refused: number) => Promise<void>;

const stopped = (): AppError =>
  new AppError('UNAVAILABLE', 'The server is stopping, so the import was given up. Start it again.');

/** Columns of the caller's data: the automatic ones are not matched. */
const isOpen = (column: Column): boolean =>
  column.native?.readOnly !== true && (column.type.filledBy === 'caller' || column.type.filledBy === 'key');

function matchColumns(
  table: Table,
  imported: ImportedTable,
): { columns: (Column | undefined)[]; unknown: string[] } {
  const columns = imported.columns.map(({ title }) =>
    table.columns.find(
      (column) => isOpen(column) && (!column.system || column.key) && sameTitle(column.title, title),
    ),
  );
  const unknown = imported.columns.flatMap(({ title }, index) =>
    columns[index] === undefined ? [title] : [],
  );
  return { columns, unknown };
}

function requireMatch(table: Table, imported: ImportedTable, columns: readonly (Column | undefined)[]): void {
  if (columns.some((column) => column !== undefined)) return;
  const list = (titles: readonly string[]): string =>
    titles
      .slice(0, 20)
      .map((title) => `'${title}'`)
      .join(', ');
  const known = list(table.columns.filter((column) => !column.system).map((column) => column.title));
  throw new AppError(
    'UNPROCESSABLE',
    `No column of the file is a field of table '${table.title}'. The file has ${list(imported.columns.map((column) => column.title))}; the table has ${known}.`,
  );
}

async function appendRows(
  core: Core,
  caller: Caller,
  base: Base,
  table: Table,
  imported: ImportedTable,
  tell: Tell,
): Promise<TableReport> {
  const { columns, unknown } = matchColumns(table, imported);
  requireMatch(table, imported, columns);
  const refusals = createRefusals();
  const rows = await storeRows(core, caller, { base, table, columns }, imported.read(), refusals, (stored) =>
    tell(stored, refusals.count()),
  );
  return {
    id: table.id,
    title: table.title,
    rows,
    refused: refusals.count(),
    refusedRows: refusals.shown(),
    unknownColumns: unknown,
  };
}

/** What went wrong, as the person who imports may read it. */
const reasonOf = (error: unknown): string =>
  error instanceof AppError ? error.message : 'an internal error, which was logged';

/** Removes a half-filled table; one that somebody else removed meanwhile is gone already. */
async function dropAgain(core: Core, caller: Caller, table: Table): Promise<void> {
  try {
    await deleteTable(core, caller, table);
  } catch (error) {
    if (!(error instanceof AppError) || !error.code.endsWith('_NOT_FOUND')) throw error;
  }
}

/** Fills a new table; whatever stops it on the way also removes it. */
async function fillNewTable(
  core: Core,
  caller: Caller,
  base: Base,
  imported: ImportedTable,
  tellOf: (table: Table | undefined) => Tell,
): Promise<{ created: Created; report: TableReport }> {
  const table = await createImportedTable(core, caller, base.id, imported);
  try {
    const tell = tellOf(table);
    await tell(0, 0);
    const report = await appendRows(core, caller, base, table, imported, tell);
    return { created: { imported, table }, report };
  } catch (error) {
    await dropAgain(core, caller, table);
    const code = error instanceof AppError ? error.code : 'INTERNAL';
    throw new AppError(
      code,
      `Table '${table.title}' could not be imported and was removed again: ${reasonOf(error)}`,
      undefined,
      error,
    );
  }
}

function requireOneTable(file: ImportedFile): ImportedTable {
  const [only, ...others] = file.tables;
  if (only !== undefined && others.length === 0) return only;
  const titles = file.tables
    .slice(0, 20)
    .map((table) => `'${table.title}'`)
    .join(', ');
  throw new AppError(
    'UNPROCESSABLE',
    `The file holds ${file.tables.length} tables (${titles}), but rows can be added to an existing table from a single one.`,
  );
}

const sum = (tables: readonly TableReport[], of: 'rows' | 'refused'): number =>
  tables.reduce((total, table) => total + table[of], 0);

/**
 * Brings a file into a base: a new table each, with keys and ids kept, or its
 * rows into one existing table. Rows that do not fit are reported, the others
 * stored. Throws when a table cannot be made or filled at all: that table is
 * removed again, those before it stay.
 */
export async function importTables(
  core: Core,
  caller: Caller,
  baseId: string,
  file: ImportedFile,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const { into, onProgress, signal } = options;
  const base = await requireBase(core, baseId);
  const tables: TableReport[] = [];
  const created: Created[] = [];

  const tellOf =
    (imported: ImportedTable, table: Table | undefined): Tell =>
    async (rowsDone, refused) => {
      if (signal?.aborted === true) throw stopped();
      await onProgress?.({
        table: table?.title ?? into?.title ?? imported.title,
        tablesDone: tables.length,
        tablesTotal: file.tables.length,
        rowsDone,
        rowsTotal: imported.rowCount,
        refused,
        unfinishedTableId: into === undefined ? (table?.id ?? null) : null,
      });
    };

  if (into !== undefined) {
    const imported = requireOneTable(file);
    tables.push(await appendRows(core, caller, base, into, imported, tellOf(imported, into)));
  } else {
    for (const imported of file.tables) {
      const filled = await fillNewTable(core, caller, base, imported, (table) => tellOf(imported, table));
      created.push(filled.created);
      tables.push(filled.report);
    }
    await keepRelations(core, caller, baseId, created);
  }
  const report = {
    format: file.format,
    rows: sum(tables, 'rows'),
    refused: sum(tables, 'refused'),
    tables,
    notes: file.notes,
  };
  await core.transaction((tx) =>
    recordAudit(core, tx, caller, {
      action: 'data.import',
      baseId,
      details: {
        format: file.format,
        rows: report.rows,
        refused: report.refused,
        tables: tables.map((table) => table.id),
      },
      ...(into === undefined ? {} : { tableId: into.id }),
    }),
  );
  return report;
}
