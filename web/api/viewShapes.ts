/** What the wire keeps of a view besides its own row, as far as the interface reads it. */

export interface ViewColumn {
  readonly id: string;
  readonly fk_column_id: string;
  readonly width: string;
  readonly show: boolean;
  readonly order: number;
  readonly aggregation: string | null;
  readonly group_by: boolean | null;
  readonly group_by_order: number | null;
  readonly group_by_sort: string | null;
}

export type FilterValue = string | number | boolean | readonly (string | null)[] | null;

/** A condition of a view's filter, or a group of conditions. */
export interface Filter {
  readonly id: string;
  readonly fk_column_id: string | null;
  readonly fk_parent_id: string | null;
  readonly logical_op: 'and' | 'or' | null;
  readonly comparison_op: string | null;
  readonly comparison_sub_op: string | null;
  readonly value: FilterValue;
  readonly is_group: boolean | null;
  readonly enabled: boolean | null;
  readonly order: number;
}

export interface Sort {
  readonly id: string;
  readonly fk_column_id: string;
  readonly direction: 'asc' | 'desc';
  readonly order: number;
}
