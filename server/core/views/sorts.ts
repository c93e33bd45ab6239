import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Caller, ViewSort } from '../model.ts';
import { requireColumn, requireView } from '../query/view.ts';
import { shorten } from '../records/text.ts';
import { maxSortsOfView } from '../tables/limits.ts';
import { requireTable } from '../tables/require.ts';
import { changeView, type ViewChange, type ViewPlace } from './change.ts';

export interface SortInput {
  /** A column by id, title or physical name. */
  readonly column: string;
  readonly direction?: 'asc' | 'desc' | undefined;
  readonly order?: number | undefined;
  /** Before all others. */
  readonly first?: boolean | undefined;
}

export type SortChanges = Omit<SortInput, 'first' | 'column'> & { readonly column?: string | undefined };

export const sortNotFound = (id: string): AppError =>
  new AppError('GENERIC_NOT_FOUND', `Sort '${shorten(id)}' not found`);

const requireSortInside = ({ view }: ViewChange, id: string): ViewSort => {
  const sort = view.sorts.find((candidate) => candidate.id === id);
  if (sort === undefined) throw sortNotFound(id);
  return sort;
};

/** The sort of a view as it is now. Throws GENERIC_NOT_FOUND. */
export async function requireSort(core: Core, place: ViewPlace, id: string): Promise<ViewSort> {
  const view = requireView(await requireTable(core, place.table.id), place.viewId);
  const sort = view.sorts.find((candidate) => candidate.id === id);
  if (sort === undefined) throw sortNotFound(id);
  return sort;
}

/** Adds a sort, after the others unless asked otherwise. Throws FIELD_NOT_FOUND, UNPROCESSABLE. */
export async function createSort(
  core: Core,
  caller: Caller,
  place: ViewPlace,
  input: SortInput,
): Promise<ViewSort> {
  const id = core.newId('sort');
  await changeView(core, caller, 'sortCreate', place, async (change) => {
    const { tx, base, table, view, now } = change;
    const column = requireColumn(table, input.column);
    if (view.sorts.length >= maxSortsOfView) {
      throw new AppError(
        'UNPROCESSABLE',
        `View '${view.title}' has ${maxSortsOfView} sorts, which is the limit`,
      );
    }
    if (input.first === true) {
      for (const [index, sort] of view.sorts.entries())
        await tx.bases.updateSort(sort.id, { order: index + 2 });
    }
    const last = Math.max(0, ...view.sorts.map((sort) => sort.order));
    await tx.bases.insertSorts([
      {
        id,
        baseId: base.id,
        viewId: view.id,
        columnId: column.id,
        direction: input.direction ?? 'asc',
        order: input.first === true ? 1 : (input.order ?? last + 1),
        createdAt: now,
        updatedAt: now,
      },
    ]);
  });
  return requireSort(core, place, id);
}

/** Changes a sort. Throws GENERIC_NOT_FOUND, FIELD_NOT_FOUND. */
export function updateSort(
  core: Core,
  caller: Caller,
  place: ViewPlace & { readonly sortId: string },
  changes: SortChanges,
): Promise<void> {
  return changeView(core, caller, 'sortUpdate', place, async (change) => {
    const sort = requireSortInside(change, place.sortId);
    const { column, direction, order } = changes;
    await change.tx.bases.updateSort(sort.id, {
      ...(column !== undefined && { columnId: requireColumn(change.table, column).id }),
      ...(direction !== undefined && { direction }),
      ...(order !== undefined && { order }),
      updatedAt: change.now,
    });
  });
}

/** Deletes a sort. Throws GENERIC_NOT_FOUND. */
export function deleteSort(
  core: Core,
  caller: Caller,
  place: ViewPlace & { readonly sortId: string },
): Promise<void> {
  return changeView(core, caller, 'sortDelete', place, async (change) => {
    await change.tx.bases.deleteSort(requireSortInside(change, place.sortId).id);
  });
}
