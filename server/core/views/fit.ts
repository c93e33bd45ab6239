import type { AnyColumnType } from '../../../columnTypes/columnType.ts';
import type { ColumnChange } from '../bases/change.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import { planViewTerm } from '../query/viewFilters.ts';
import { requireAggregation } from '../records/aggregate.ts';
import { planContext } from '../records/list.ts';
import { flattenFilters } from './resolve.ts';

const refuses = (check: () => unknown): boolean => {
  try {
    check();
    return false;
  } catch (error) {
    if (error instanceof AppError) return true;
    throw error;
  }
};

/**
 * After a column became something else: its filters that the new type does not
 * understand go, and so do footers it cannot work out. Those that still apply
 * stay as they are.
 */
export async function dropUnfitViewParts(
  core: Core,
  { tx, base, table, column, now }: ColumnChange,
  becomes: { readonly type: AnyColumnType; readonly options: Readonly<Record<string, unknown>> },
): Promise<void> {
  const changed = { ...column, ...becomes, storage: becomes.type.storage };
  const columns = table.columns.map((each) => (each.id === column.id ? changed : each));
  const then = { ...table, columns, columnByName: new Map(columns.map((each) => [each.title, each])) };
  const context = planContext(core);
  for (const view of table.views) {
    const unfit = flattenFilters(view.filters).filter(
      (filter) => filter.columnId === column.id && refuses(() => planViewTerm(then, filter, context)),
    );
    await tx.bases.deleteFilters(unfit.map(({ id }) => id));
    const shown = view.columns.find((each) => each.column.id === column.id);
    if (shown === undefined || shown.aggregation === null) continue;
    const { aggregation, column: _, stored: _stored, ...rest } = shown;
    if (!refuses(() => requireAggregation(changed, aggregation))) continue;
    const place = { viewId: view.id, baseId: base.id, columnId: column.id, updatedAt: now };
    await tx.bases.saveViewColumns([{ ...rest, ...place, aggregation: null }]);
  }
}
