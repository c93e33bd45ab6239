import type { ImportedColumn, ImportedFile, ImportedTable } from './importedFile.ts';

/** Rows of a preview. */
const shownRows = 10;

export interface TablePreview {
  readonly title: string;
  readonly columns: readonly ImportedColumn[];
  readonly rowCount: number;
  /** The first ones, as the file has them. */
  readonly rows: readonly (readonly unknown[])[];
}

export interface ImportPreview {
  readonly format: string;
  readonly tables: readonly TablePreview[];
  readonly notes: readonly string[];
}

async function firstRows(table: ImportedTable): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  for await (const batch of table.read()) {
    for (const row of batch.rows) {
      rows.push([...row]);
      if (rows.length === shownRows) return rows;
    }
  }
  return rows;
}

/** What an import of the file would make; nothing is stored. */
export async function previewImport(file: ImportedFile): Promise<ImportPreview> {
  const tables: TablePreview[] = [];
  for (const table of file.tables) {
    const { title, columns, rowCount } = table;
    tables.push({ title, columns, rowCount, rows: await firstRows(table) });
  }
  return { format: file.format, tables, notes: file.notes };
}
