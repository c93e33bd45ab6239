import type { RefusedRow } from './importedFile.ts';

/** Refused rows that a report shows; the rest is counted. */
export const maxShownRefusals = 100;

/** How far an import has come; told after every batch. */
export interface ImportProgress {
  readonly table: string;
  readonly tablesDone: number;
  readonly tablesTotal: number;
  /** Of the table at hand. */
  readonly rowsDone: number;
  readonly rowsTotal: number;
  /** Of the table at hand. */
  readonly refused: number;
  /** A table that would have to go if the import ended now; null while appending. */
  readonly unfinishedTableId: string | null;
}

export interface TableReport {
  readonly id: string;
  readonly title: string;
  /** Rows stored. */
  readonly rows: number;
  readonly refused: number;
  /** The first hundred of them. */
  readonly refusedRows: readonly RefusedRow[];
  /** Columns of the file that the table does not have, when rows were appended. */
  readonly unknownColumns: readonly string[];
}

export interface ImportReport {
  readonly format: string;
  readonly rows: number;
  readonly refused: number;
  readonly tables: readonly TableReport[];
  readonly notes: readonly string[];
}

/** Counts refusals and keeps the first ones. */
export interface Refusals {
  readonly add: (row: RefusedRow) => void;
  readonly count: () => number;
  readonly shown: () => readonly RefusedRow[];
}

export function createRefusals(): Refusals {
  const rows: RefusedRow[] = [];
  let count = 0;
  return {
    add(row) {
      count += 1;
      if (rows.length < maxShownRefusals) rows.push(row);
    },
    count: () => count,
    shown: () => rows,
  };
}
