import { findColumnType } from '../../../columnTypes/index.ts';
import type { ColumnRow, NewColumn } from '../ports.ts';
import { choosePhysicalName } from '../tables/physicalNames.ts';
import type { ColumnDraft } from './draft.ts';

/** Where a drafted column goes. */
export interface ColumnPlace {
  readonly id: string;
  readonly table: { readonly id: string; readonly baseId: string };
  readonly name: string;
  readonly order: number;
  readonly display: boolean;
  readonly now: number;
}

/** A draft in its place, ready to be stored. */
export function placeColumn(draft: ColumnDraft, place: ColumnPlace): ColumnRow {
  const { wantedName: _, type, ...rest } = draft;
  return {
    ...rest,
    id: place.id,
    baseId: place.table.baseId,
    tableId: place.table.id,
    name: place.name,
    type: type.name,
    order: place.order,
    display: place.display,
    createdAt: place.now,
    updatedAt: place.now,
  };
}

/** Physical names for drafts, in order; the automatic columns choose first. */
export function choosePhysicalNames(drafts: readonly ColumnDraft[], used: Iterable<string>): string[] {
  const taken = new Set([...used].map((name) => name.toLowerCase()));
  const names = new Map<ColumnDraft, string>();
  for (const draft of [...drafts.filter((each) => each.system), ...drafts.filter((each) => !each.system)]) {
    const name = choosePhysicalName(draft.wantedName, 'field', taken);
    taken.add(name.toLowerCase());
    names.set(draft, name);
  }
  return drafts.map((draft) => names.get(draft) as string);
}

/**
 * The physical column. `required` and `unique` of columns outside the key are
 * left to records and to indexes, so that they can be switched without
 * rewriting the table.
 */
export function newColumnOf(column: Pick<ColumnRow, 'name' | 'type' | 'key' | 'autoIncrement'>): NewColumn {
  const storage = findColumnType(column.type)?.storage;
  if (storage === undefined) throw new Error(`unknown column type: ${column.type}`);
  const { name, key, autoIncrement } = column;
  return { name, storage, key, autoIncrement, required: key, unique: false };
}
