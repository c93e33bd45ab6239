import type { FilterArgument } from '../../../columnTypes/columnType.ts';
import type { RawValue } from '../ports.ts';

/**
 * What callers ask of records, as plain values: the wire's grammars decode to
 * these, the planner (plan.ts) turns them into a ReadPlan. Field names are as
 * the caller wrote them: a title, a physical name or an id.
 */

export interface FilterGroup {
  readonly kind: 'group';
  readonly logic: 'and' | 'or';
  /** The whole group is negated. */
  readonly not: boolean;
  /** Empty: no filter, everything passes. */
  readonly of: readonly FilterNode[];
}

export interface FilterTerm {
  readonly kind: 'term';
  readonly field: string;
  /** As the wire spells it; the column's type knows its operators. */
  readonly operator: string;
  readonly argument: FilterArgument;
  readonly not: boolean;
}

export type FilterNode = FilterGroup | FilterTerm;

export interface SortTerm {
  readonly field: string;
  readonly direction: 'asc' | 'desc';
}

/** What rows, in which order: the part of a list that counts and aggregates share. */
export interface RecordSelection {
  /** All filters of the request, already joined with and. */
  readonly where?: FilterNode | undefined;
  /** A grid view of the table, by id. */
  readonly viewId?: string | undefined;
}

export interface RecordListRequest extends RecordSelection {
  /** Absent: every visible field. */
  readonly fields?: readonly string[] | undefined;
  readonly sort: readonly SortTerm[];
  /** Rows of the page, already clamped to the instance's bounds (page.ts). */
  readonly limit: number;
  readonly offset: number;
  /** Random order instead of `sort`. */
  readonly shuffle: boolean;
  /** Only these records, by wire key. */
  readonly keys?: readonly RawValue[] | undefined;
}
