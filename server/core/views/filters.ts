import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Caller, ViewFilter } from '../model.ts';
import type { FilterRow } from '../ports.ts';
import { requireColumn, requireView } from '../query/view.ts';
import { planViewTerm } from '../query/viewFilters.ts';
import { planContext } from '../records/list.ts';
import { shorten } from '../records/text.ts';
import { maxFilterDepthOfView, maxFiltersOfView } from '../tables/limits.ts';
import { requireTable } from '../tables/require.ts';
import { changeView, type ViewChange, type ViewPlace } from './change.ts';
import { findFilter, flattenFilters } from './resolve.ts';

/** A filter as a caller describes it; absent and null members are not filled in. */
export interface FilterInput {
  /** A column by id, title or physical name. */
  readonly column?: string | null | undefined;
  readonly operator?: string | null | undefined;
  readonly subOperator?: string | null | undefined;
  readonly value?: ViewFilter['value'] | undefined;
  readonly logic?: ViewFilter['logic'] | undefined;
  readonly group?: boolean | undefined;
  readonly enabled?: boolean | undefined;
  readonly order?: number | undefined;
  readonly parentId?: string | null | undefined;
  readonly children?: readonly FilterInput[] | undefined;
}

export const filterNotFound = (id: string): AppError =>
  new AppError('GENERIC_NOT_FOUND', `Filter '${shorten(id)}' not found`);

const refuse = (message: string): AppError => new AppError('UNPROCESSABLE', message);

function requireFilterInside(filters: readonly ViewFilter[], id: string): ViewFilter {
  const filter = findFilter(filters, id);
  if (filter === undefined) throw filterNotFound(id);
  return filter;
}

/** A filter of a view as it is now, with what is under it. Throws GENERIC_NOT_FOUND. */
export async function requireFilter(core: Core, place: ViewPlace, id: string): Promise<ViewFilter> {
  const view = requireView(await requireTable(core, place.table.id), place.viewId);
  return requireFilterInside(view.filters, id);
}

/** The filters directly under a group, or the outermost. Throws GENERIC_NOT_FOUND, UNPROCESSABLE for no group. */
function requireSiblings({ view }: ViewChange, parentId: string | null): readonly ViewFilter[] {
  if (parentId === null) return view.filters;
  const parent = requireFilterInside(view.filters, parentId);
  if (!parent.group) throw refuse(`Filter '${parent.id}' is no group and holds no other filters`);
  return parent.children;
}

/** The groups around a place, counted from the outermost. */
function depthOf(view: { readonly filters: readonly ViewFilter[] }, parentId: string | null): number {
  if (parentId === null) return 0;
  const parent = requireFilterInside(view.filters, parentId);
  return 1 + depthOf(view, parent.parentId);
}

const heightOf = (filter: { readonly children?: readonly FilterInput[] | undefined }): number =>
  1 + Math.max(0, ...(filter.children ?? []).map(heightOf));

function requireDepth(depth: number): void {
  if (depth > maxFilterDepthOfView)
    throw refuse(`Filters are nested too deeply: at most ${maxFilterDepthOfView} levels are kept`);
}

/** Throws FILTER_VERIFICATION_FAILED and UNPROCESSABLE for what no list could be filtered by. */
function requireMeaning(core: Core, { table }: ViewChange, row: Omit<ViewFilter, 'children'>): void {
  if (row.group && (row.columnId !== null || row.operator !== null))
    throw refuse('A group of filters has no field and no operator of its own');
  planViewTerm(table, row, planContext(core));
}

/** Rows of a filter and of everything under it, each checked. */
function draftRows(
  core: Core,
  change: ViewChange,
  input: FilterInput,
  parentId: string | null,
  order: number,
): FilterRow[] {
  const children = input.children ?? [];
  const row: FilterRow = {
    id: core.newId('filter'),
    baseId: change.base.id,
    viewId: change.view.id,
    parentId,
    group: input.group ?? children.length > 0,
    logic: input.logic ?? null,
    columnId: input.column ? requireColumn(change.table, input.column).id : null,
    operator: input.operator || null,
    subOperator: input.subOperator || null,
    value: input.value ?? null,
    enabled: input.enabled ?? true,
    order,
    createdAt: change.now,
    updatedAt: change.now,
  };
  if (!row.group && children.length > 0) throw refuse('Only a group (is_group) may have children');
  requireMeaning(core, change, row);
  return [
    row,
    ...children.flatMap((child, index) => draftRows(core, change, child, row.id, child.order ?? index + 1)),
  ];
}

const nextOrder = (siblings: readonly ViewFilter[]): number =>
  Math.max(0, ...siblings.map((sibling) => sibling.order)) + 1;

/**
 * Adds a filter, or a group with everything under it, after its siblings.
 * Throws FIELD_NOT_FOUND, GENERIC_NOT_FOUND for the group it goes to,
 * UNPROCESSABLE, FILTER_VERIFICATION_FAILED.
 */
export async function createFilter(
  core: Core,
  caller: Caller,
  place: ViewPlace,
  input: FilterInput,
): Promise<ViewFilter> {
  const id = await changeView(core, caller, 'filterCreate', place, async (change) => {
    const { tx, view } = change;
    const parentId = input.parentId ?? null;
    const siblings = requireSiblings(change, parentId);
    requireDepth(depthOf(view, parentId) + heightOf(input));
    const rows = draftRows(core, change, input, parentId, input.order ?? nextOrder(siblings));
    if (flattenFilters(view.filters).length + rows.length > maxFiltersOfView)
      throw refuse(
        `View '${view.title}' would have more than ${maxFiltersOfView} filters, which is the limit`,
      );
    await tx.bases.insertFilters(rows);
    return (rows[0] as FilterRow).id;
  });
  return requireFilter(core, place, id);
}

/** Changes a filter; a new group moves it. Throws as createFilter does. */
export function updateFilter(
  core: Core,
  caller: Caller,
  place: ViewPlace & { readonly filterId: string },
  changes: Omit<FilterInput, 'children'>,
): Promise<void> {
  return changeView(core, caller, 'filterUpdate', place, async (change) => {
    const { children, ...current } = requireFilterInside(change.view.filters, place.filterId);
    const { column, operator, subOperator, value, logic, group, enabled, order, parentId } = changes;
    if (group !== undefined && group !== current.group)
      throw refuse('A filter does not become a group, nor a group a filter: make a new one');
    if (parentId !== undefined && parentId !== current.parentId)
      requireMovable(change, { ...current, children }, parentId);
    const next = {
      ...current,
      ...(column !== undefined && { columnId: column ? requireColumn(change.table, column).id : null }),
      ...(operator !== undefined && { operator: operator || null }),
      ...(subOperator !== undefined && { subOperator: subOperator || null }),
      ...(value !== undefined && { value }),
      ...(logic !== undefined && { logic }),
      ...(enabled !== undefined && { enabled }),
      ...(order !== undefined && { order }),
      ...(parentId !== undefined && { parentId }),
      updatedAt: change.now,
    };
    requireMeaning(core, change, next);
    const { id, createdAt: _, ...stored } = next;
    await change.tx.bases.updateFilter(id, stored);
  });
}

function requireMovable(change: ViewChange, filter: ViewFilter, parentId: string | null): void {
  requireSiblings(change, parentId);
  const own = flattenFilters([filter]);
  if (own.some((each) => each.id === parentId)) throw refuse('A group of filters cannot go into itself');
  requireDepth(depthOf(change.view, parentId) + treeHeight(filter));
}

const treeHeight = (filter: ViewFilter): number => 1 + Math.max(0, ...filter.children.map(treeHeight));

/** Deletes a filter with everything under it. Throws GENERIC_NOT_FOUND. */
export function deleteFilter(
  core: Core,
  caller: Caller,
  place: ViewPlace & { readonly filterId: string },
): Promise<void> {
  return changeView(core, caller, 'filterDelete', place, async (change) => {
    const filter = requireFilterInside(change.view.filters, place.filterId);
    await change.tx.bases.deleteFilters(flattenFilters([filter]).map(({ id }) => id));
  });
}
