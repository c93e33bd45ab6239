import { create } from 'zustand';
import { findColumnType } from '../../columnTypes/index.ts';
import type { Column } from '../api/shapes.ts';

/** What each person searches for in each table; in memory only, never part of a view. */
interface Searches {
  readonly texts: Readonly<Record<string, string>>;
  setText: (tableId: string, text: string) => void;
}

export const useSearches = create<Searches>((set) => ({
  texts: {},
  setText: (tableId, text) => set(({ texts }) => ({ texts: { ...texts, [tableId]: text } })),
}));

/** Columns of one search: a filter holds at most 500 conditions. */
const maxSearchedColumns = 200;

/** A text inside quotes of the `@` grammar; what no cell can hold is left out. */
export const quoteWord = (text: string): string =>
  `"${text.toWellFormed().replaceAll('\0', '').replaceAll('"', '""')}"`;

/** Whether the search looks into cells of the column: what a person reads there is what is stored. */
export function isSearchable(column: Pick<Column, 'uidt' | 'system'>): boolean {
  const type = findColumnType(column.uidt);
  if (type === undefined || column.system || !Object.hasOwn(type.operators, 'like')) return false;
  return type.json === 'string' || type.json === 'list' || type.json === 'number';
}

/** Rows of which any of the columns holds the text; undefined for no search. Joined by whereOf. */
export function searchWhere(
  columns: readonly Pick<Column, 'id' | 'uidt' | 'system'>[],
  text: string,
): string | undefined {
  const wanted = text.trim();
  if (wanted === '') return undefined;
  const searched = columns.filter(isSearchable).slice(0, maxSearchedColumns);
  // Nothing to look into: a condition that holds nowhere, so that a search never shows everything.
  if (searched.length === 0) return columns[0] && `(${columns[0].id},blank)~and(${columns[0].id},notblank)`;
  return searched.map(({ id }) => `(${id},like,${quoteWord(wanted)})`).join('~or');
}

/** All of the conditions as one `where` parameter of the wire; undefined when there is none. */
export function whereOf(conditions: readonly (string | undefined)[]): string | undefined {
  const parts = conditions.filter((part) => part !== undefined && part !== '');
  return parts.length === 0 ? undefined : `@${parts.map((part) => `(${part})`).join('~and')}`;
}
