/** What the wire says of imports. */

export interface PreviewColumn {
  readonly title: string;
  readonly uidt: string;
  readonly pk: boolean;
}

export interface PreviewTable {
  readonly title: string;
  readonly rowCount: number;
  readonly columns: readonly PreviewColumn[];
  readonly rows: readonly (readonly unknown[])[];
}

export interface Preview {
  readonly format: string;
  readonly notes: readonly string[];
  readonly tables: readonly PreviewTable[];
}

export interface RefusedRow {
  readonly row: number;
  readonly column: string | null;
  readonly value: string | null;
  readonly reason: string;
}

export interface TableReport {
  readonly id: string;
  readonly title: string;
  readonly rows: number;
  readonly refused: number;
  /** The first hundred. */
  readonly refusedRows: readonly RefusedRow[];
  readonly unknownColumns: readonly string[];
}

export interface ImportReport {
  readonly rows: number;
  readonly refused: number;
  readonly tables: readonly TableReport[];
  readonly notes: readonly string[];
}

export interface ImportProgress {
  readonly table: string;
  readonly tablesDone: number;
  readonly tablesTotal: number;
  readonly rowsDone: number;
  readonly rowsTotal: number;
}

/** How a text file is to be read; what is not said is found out from it. */
export interface ReadingOptions {
  readonly header?: 'true' | 'false';
  readonly delimiter?: string;
  readonly decimalComma?: 'true' | 'false';
  readonly encoding?: string;
}

/** Types that people chose: by table, then by column. */
export type ChosenTypes = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Columns that people leave out: by table, their titles. */
export type Skipped = Readonly<Record<string, readonly string[]>>;

/** Where the rows go. */
export interface Place {
  /** Undefined: into a new base. */
  readonly baseId: string | undefined;
  /** Undefined: into new tables. */
  readonly tableId: string | undefined;
  readonly newBaseTitle: string;
  /** Of the new table of a file that holds one. */
  readonly newTableTitle: string;
}
