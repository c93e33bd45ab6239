import type { View, ViewFilter, ViewSort } from '../model.ts';

/** What views keep besides themselves. Implemented in server/db/meta. */

export type ViewRow = Omit<View, 'columns' | 'filters' | 'sorts'>;

export interface ViewColumnRow {
  readonly viewId: string;
  readonly baseId: string;
  readonly columnId: string;
  readonly show: boolean;
  readonly order: number;
  readonly width: string;
  readonly aggregation: string | null;
  readonly groupBy: boolean;
  readonly groupByOrder: number | null;
  readonly groupBySort: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface FilterRow extends Omit<ViewFilter, 'children'> {
  readonly viewId: string;
  readonly baseId: string;
}

export interface SortRow extends ViewSort {
  readonly viewId: string;
  readonly baseId: string;
}

/** Columns, filters and sorts of views; they go with their view, table, column and base. */
export interface ViewStore {
  baseOfFilter(filterId: string): Promise<string | undefined>;
  baseOfSort(sortId: string): Promise<string | undefined>;
  /** Inserts, or replaces what is kept of the same column in the same view. */
  saveViewColumns(rows: readonly ViewColumnRow[]): Promise<void>;
  insertFilters(rows: readonly FilterRow[]): Promise<void>;
  updateFilter(id: string, change: Partial<Omit<FilterRow, 'id' | 'baseId' | 'viewId'>>): Promise<void>;
  deleteFilters(ids: readonly string[]): Promise<void>;
  insertSorts(rows: readonly SortRow[]): Promise<void>;
  updateSort(id: string, change: Partial<Omit<SortRow, 'id' | 'baseId' | 'viewId'>>): Promise<void>;
  deleteSort(id: string): Promise<void>;
}
