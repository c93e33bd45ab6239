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

/** A value that rows have in common. */
export interface RowGroup {
  readonly key: string;
  readonly count: number;
  readonly value: CellValue;
  /** Says which rows are meant; joined by whereOf. */
  readonly where: string;
}

/** The open group of each grouping of a view: its rows are what the grid shows. */
interface OpenGroups {
  readonly wheres: Readonly<Record<string, string | undefined>>;
  open: (key: string, where: string | undefined) => void;
}

/** Another grouping of the view has another open group. */
export const openGroupKey = (viewId: string | undefined, terms: readonly GroupTerm[]): string =>
  [viewId, ...terms.map(({ column }) => column.id)].join(' ');

/** Whether the rows of a condition are some of the group's: groups inside another go on from its condition. */
export const isWithin = (where: string, group: RowGroup): boolean => where.startsWith(`${group.where}~and`);

export const useOpenGroups = create<OpenGroups>((set) => ({
  wheres: {},
  open: (key, where) => set(({ wheres }) => ({ wheres: { ...wheres, [key]: where } })),
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

/** A row of the grouping routes as a group, by itself or inside another. */
export function readGroup(
  term: GroupTerm,
  row: Readonly<Record<string, CellValue>>,
  parent?: RowGroup,
): RowGroup {
  const value = row[term.column.title] ?? null;
  const own = equals(term, value);
  const where = parent === undefined ? own : `${parent.where}~and${own}`;
  return { key: where, where, value, count: Number(row.count ?? 0) };
}
