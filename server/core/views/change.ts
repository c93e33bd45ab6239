import type { BaseVerb } from '../../../vocabulary/verbs.ts';
import { requireViewRight } from '../access.ts';
import { changeTable, type TableChange } from '../bases/change.ts';
import type { Core } from '../context.ts';
import { AppError, notFound } from '../errors.ts';
import type { Caller, Table, View } from '../model.ts';
import { shorten } from '../records/text.ts';

export interface ViewChange extends TableChange {
  readonly view: View;
}

/** Where a view is: what the caller saw of it may be stale. */
export interface ViewPlace {
  readonly table: Pick<Table, 'id' | 'baseId'>;
  readonly viewId: string;
}

/** The view as it is inside the transaction. Throws VIEW_NOT_FOUND. */
export function findViewInside<T>(
  core: Core,
  caller: Caller,
  place: ViewPlace,
  work: (change: ViewChange) => Promise<T>,
): Promise<T> {
  const onView = (change: TableChange): Promise<T> => {
    const view = change.table.views.find((candidate) => candidate.id === place.viewId);
    if (view === undefined) throw notFound('View', shorten(place.viewId));
    return work({ ...change, view });
  };
  return changeTable(core, caller, place.table, onView, 'view');
}

/** Throws FORBIDDEN for a locked view. */
export function requireUnlocked(view: Pick<View, 'title' | 'lockType'>): void {
  if (view.lockType !== 'locked') return;
  throw new AppError(
    'FORBIDDEN',
    `Forbidden - View '${view.title}' is locked: nobody changes it until a creator unlocks it (lock_type).`,
  );
}

/**
 * Runs a change of what a view shows, as one transaction. Throws
 * VIEW_NOT_FOUND, and FORBIDDEN unless the view is open and the caller may
 * change it.
 */
export function changeView<T>(
  core: Core,
  caller: Caller,
  verb: BaseVerb,
  place: ViewPlace,
  work: (change: ViewChange) => Promise<T>,
): Promise<T> {
  return findViewInside(core, caller, place, (change) => {
    requireViewRight(caller.principal, verb, change.base, change.view);
    requireUnlocked(change.view);
    return work(change);
  });
}
