import { requireViewRight } from '../access.ts';
import { changeTable, type TableChange } from '../bases/change.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Caller, Table, View } from '../model.ts';
import { requireView } from '../query/view.ts';
import { callerId } from '../records/fill.ts';
import { maxViewsOfTable } from '../tables/limits.ts';
import { requireTable } from '../tables/require.ts';
import { type Meta, parseDescription, parseMeta } from '../tables/titles.ts';
import { copyViewParts } from './copyParts.ts';
import { newGridView } from './draft.ts';
import { parseRowHeight } from './rowHeight.ts';
import { requireFreeViewTitle } from './titles.ts';

export interface ViewInput {
  readonly title: string;
  readonly description?: string | null | undefined;
  readonly lockType?: View['lockType'] | undefined;
  readonly showSystemFields?: boolean | undefined;
  readonly rowHeight?: number | null | undefined;
  readonly meta?: Meta | null | undefined;
  readonly order?: number | undefined;
  /** A view of the same table whose columns, filters, sorts and looks the new one begins with. */
  readonly copyFrom?: string | undefined;
}

/**
 * Creates a grid; editors personal ones only. Throws DUPLICATE_IN_ALIAS,
 * INVALID_REQUEST_BODY, FORBIDDEN, UNPROCESSABLE, VIEW_NOT_FOUND for the copy.
 */
export async function createGridView(
  core: Core,
  caller: Caller,
  table: Table,
  input: ViewInput,
): Promise<{ table: Table; view: View }> {
  const id = core.newId('view');
  const create = async ({ tx, base, table: current, now, audit }: TableChange): Promise<void> => {
    const lockType = input.lockType ?? 'collaborative';
    const ownerId = callerId(caller);
    requireViewRight(caller.principal, 'gridViewCreate', base, { title: input.title, lockType, ownerId });
    const title = requireFreeViewTitle(current, input.title);
    if (current.views.length >= maxViewsOfTable) {
      throw new AppError(
        'UNPROCESSABLE',
        `Table '${current.title}' has ${maxViewsOfTable} views, which is the limit`,
      );
    }
    const origin = input.copyFrom === undefined ? undefined : requireView(current, input.copyFrom);
    const last = Math.max(0, ...current.views.map((view) => view.order));
    await tx.bases.insertView({
      ...newGridView({ id, tableId: current.id, title, order: input.order ?? last + 1, now }),
      baseId: base.id,
      description: parseDescription(input.description ?? null),
      lockType,
      showSystemFields: input.showSystemFields ?? origin?.showSystemFields ?? false,
      rowHeight: parseRowHeight(input.rowHeight ?? origin?.rowHeight ?? null),
      meta: parseMeta(input.meta ?? origin?.meta ?? null),
      createdBy: ownerId,
      ownerId,
    });
    if (origin !== undefined) {
      await copyViewParts(core, tx.bases, origin, { viewId: id, baseId: base.id, now });
    }
    await audit('view.create', { tableId: current.id, target: id, details: { title, lockType } });
  };
  await changeTable(core, caller, table, create, 'view');
  const made = await requireTable(core, table.id);
  return { table: made, view: requireView(made, id) };
}
