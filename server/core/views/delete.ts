import { isCreator, requireBaseRight, requireViewRight } from '../access.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Caller, Table, View } from '../model.ts';
import { findViewInside, requireUnlocked, type ViewChange, type ViewPlace } from './change.ts';
import { gridView } from './draft.ts';

const isSharedGrid = (view: View): boolean => view.type === gridView && view.lockType !== 'personal';

/** Whether the table would be left without a grid that everybody has. */
export const isLastSharedGrid = (table: Table, view: View): boolean =>
  isSharedGrid(view) && table.views.filter(isSharedGrid).length === 1;

/** The default view goes, or is nobody else's any more: the next grid that everybody has takes its place. */
export async function passDefaultOn({ tx, table, view }: ViewChange): Promise<void> {
  const heir = table.views.find((other) => other.id !== view.id && isSharedGrid(other));
  if (view.isDefault && heir !== undefined) await tx.bases.updateView(heir.id, { isDefault: true });
}

/**
 * Deletes a view with its columns, filters and sorts; creators may delete
 * personal views of others. Throws VIEW_NOT_FOUND, FORBIDDEN, BAD_REQUEST for
 * the last grid.
 */
export async function deleteView(core: Core, caller: Caller, place: ViewPlace): Promise<void> {
  await findViewInside(core, caller, place, async (change) => {
    const { tx, base, table, view, audit } = change;
    const abandoned = view.lockType === 'personal' && isCreator(caller.principal, base);
    if (abandoned) requireBaseRight(caller.principal, 'viewDelete', base);
    else requireViewRight(caller.principal, 'viewDelete', base, view);
    if (isLastSharedGrid(table, view)) {
      throw new AppError('BAD_REQUEST', 'Cannot delete the last collaborative grid view');
    }
    requireUnlocked(view);
    await tx.bases.deleteView(view.id);
    await passDefaultOn(change);
    await audit('view.delete', { tableId: table.id, target: view.id, details: { title: view.title } });
  });
}
