import type { BaseVerb } from '../../../vocabulary/verbs.ts';
import { isCreator, requireBaseRight, requireViewRight } from '../access.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Caller, Table, View } from '../model.ts';
import { requireView } from '../query/view.ts';
import { callerId } from '../records/fill.ts';
import { requireTable } from '../tables/require.ts';
import { type Meta, parseDescription, parseMeta } from '../tables/titles.ts';
import { findViewInside, requireUnlocked, type ViewChange, type ViewPlace } from './change.ts';
import { isLastSharedGrid, passDefaultOn } from './delete.ts';
import { parseRowHeight } from './rowHeight.ts';
import { requireFreeViewTitle } from './titles.ts';

/** What may change of a view; what is absent stays. */
export interface ViewChanges {
  readonly title?: string | undefined;
  readonly description?: string | null | undefined;
  readonly lockType?: View['lockType'] | undefined;
  readonly showSystemFields?: boolean | undefined;
  readonly rowHeight?: number | null | undefined;
  readonly meta?: Meta | null | undefined;
  readonly order?: number | undefined;
}

/**
 * Changes a view. Of a locked one only the lock and the place in the list; a
 * creator may also take the lock off somebody's personal view. Throws
 * VIEW_NOT_FOUND, FORBIDDEN, DUPLICATE_IN_ALIAS, INVALID_REQUEST_BODY.
 */
export async function updateView(
  core: Core,
  caller: Caller,
  verb: BaseVerb,
  place: ViewPlace,
  changes: ViewChanges,
): Promise<{ table: Table; view: View }> {
  await findViewInside(core, caller, place, async (change) => {
    const { tx, table, view, now, audit } = change;
    requireChangeable(caller, verb, change, changes);
    const { title, description, lockType, showSystemFields, rowHeight, meta, order } = changes;
    await tx.bases.updateView(view.id, {
      ...(title !== undefined && { title: requireFreeViewTitle(table, title, view.id) }),
      ...(description !== undefined && { description: parseDescription(description) }),
      ...(showSystemFields !== undefined && { showSystemFields }),
      ...(rowHeight !== undefined && { rowHeight: parseRowHeight(rowHeight) }),
      ...(meta !== undefined && { meta: parseMeta(meta) }),
      ...(order !== undefined && { order }),
      ...(await lockChange(caller, change, lockType)),
      updatedAt: now,
    });
    const changed = Object.keys(changes).filter((key) => changes[key as keyof ViewChanges] !== undefined);
    await audit('view.update', { tableId: table.id, target: view.id, details: { changed } });
  });
  const table = await requireTable(core, place.table.id);
  return { table, view: requireView(table, place.viewId) };
}

function requireChangeable(
  caller: Caller,
  verb: BaseVerb,
  { base, view }: ViewChange,
  changes: ViewChanges,
): void {
  const { lockType = view.lockType } = changes;
  const { principal } = caller;
  const freed = view.lockType === 'personal' && lockType !== 'personal' && isCreator(principal, base);
  if (freed) requireBaseRight(principal, verb, base);
  else requireViewRight(principal, verb, base, view);
  // what comes out of it must be the caller's to change, too
  if (lockType !== view.lockType) {
    const ownerId = lockType === 'personal' ? callerId(caller) : view.ownerId;
    requireViewRight(principal, verb, base, { title: view.title, lockType, ownerId });
  }
  const { lockType: _lock, order: _order, ...rest } = changes;
  const touches = Object.values(rest).some((value) => value !== undefined);
  if (touches && lockType === 'locked') requireUnlocked(view);
}

/** Whoever makes a view personal owns it; one grid must stay for everybody. */
async function lockChange(
  caller: Caller,
  change: ViewChange,
  lockType: View['lockType'] | undefined,
): Promise<Partial<Pick<View, 'lockType' | 'ownerId' | 'isDefault'>>> {
  const { table, view } = change;
  if (lockType === undefined || lockType === view.lockType) return {};
  if (lockType !== 'personal') return { lockType };
  if (isLastSharedGrid(table, view)) {
    throw new AppError(
      'BAD_REQUEST',
      'Cannot make the last collaborative grid view personal: create another grid first',
    );
  }
  await passDefaultOn(change);
  return { lockType, ownerId: callerId(caller), isDefault: false };
}
