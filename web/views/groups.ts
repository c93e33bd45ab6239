import { create } from 'zustand';
import { findColumnType } from '../../columnTypes/index.ts';
import type { CellValue, Column } from '../api/shapes.ts';
import { quoteWord } from './search.ts';

export type GroupSort = 'asc' | 'desc' | 'count-asc' | 'count-desc';

/** One column that rows are grouped by. */
export interface GroupTerm {
  readonly column: Column;
  readonly sort: GroupSort;
}

/** One set of values that rows have in common. */
export interface RowGroup {
  readonly key: string;
  readonly count: number;
  readonly values: readonly CellValue[];
  /** Says which rows are meant; joined by whereOf. */
  readonly where: string;
}

/** The open group of each view: its rows are what the grid shows. */
interface OpenGroups {
  readonly wheres: Readonly<Record<string, string | undefined>>;
  open: (viewId: string, where: string | undefined) => void;
}

export const useOpenGroups = create<OpenGroups>((set) => ({
  wheres: {},
  open: (viewId, where) => set(({ wheres }) => ({ wheres: { ...wheres, [viewId]: where } })),
}));

/** Whether rows can be grouped by the column: equal cells are found again by what the wire shows of them. */
export function isGroupable(column: Pick<Column, 'uidt' | 'pk'>): boolean {
  const type = findColumnType(column.uidt);
  return type !== undefined && !column.pk && type.json !== 'json' && Object.hasOwn(type.operators, 'eq');
}

/** People come as objects; the database keeps their ids. */
function textOf(value: CellValue): string {
  if (Array.isArray(value)) return value.map(textOf).join(',');
  if (typeof value === 'object' && value !== null) return String((value as { id?: unknown }).id ?? '');
  return String(value);
}

function equals({ column }: GroupTerm, value: CellValue): string {
  const type = findColumnType(column.uidt);
  if (value === null || value === undefined) {
    return type?.json === 'boolean' ? `(${column.id},blank)` : `(${column.id},eq,null)`;
  }
  const isDate = type?.storage === 'date' || type?.storage === 'datetime';
  return `(${column.id},eq,${isDate ? 'exactDate,' : ''}${quoteWord(textOf(value))})`;
}

/** A row of the grouping routes as a group. */
export function readGroup(terms: readonly GroupTerm[], row: Readonly<Record<string, CellValue>>): RowGroup {
  const values = terms.map(({ column }) => row[column.title] ?? null);
  const where = terms.map((term, index) => equals(term, values[index])).join('~and');
  return { key: where, where, values, count: Number(row.count ?? 0) };
}
