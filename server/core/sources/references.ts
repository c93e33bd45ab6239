import type { ColumnRow, ForeignTable } from '../ports.ts';

/** A stored table as references see it. */
export interface Placed {
  readonly id: string;
  readonly name: string;
  readonly columns: readonly Pick<ColumnRow, 'id' | 'name'>[];
}

export type Reference = NonNullable<ColumnRow['references']>;

/** What the columns of a table refer to, by column id: foreign keys into tables that are not there are left out. */
export function referencesOf(
  foreign: ForeignTable,
  table: Placed,
  others: ReadonlyMap<string, Placed>,
): Map<string, Reference> {
  const found = new Map<string, Reference>();
  for (const { columns, table: target, references } of foreign.foreignKeys) {
    const to = others.get(target);
    columns.forEach((name, index) => {
      const from = table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
      const wanted = references[index]?.toLowerCase();
      const referred = to?.columns.find((column) => column.name.toLowerCase() === wanted);
      if (from !== undefined && to !== undefined && referred !== undefined)
        found.set(from.id, { tableId: to.id, columnId: referred.id });
    });
  }
  return found;
}

/** Columns with what they refer to, where that is known. */
export const withReferences = (
  columns: readonly ColumnRow[],
  references: ReadonlyMap<string, Reference>,
): ColumnRow[] => columns.map((column) => ({ ...column, references: references.get(column.id) ?? null }));
