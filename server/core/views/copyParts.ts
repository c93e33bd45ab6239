import type { Core } from '../context.ts';
import type { View, ViewFilter } from '../model.ts';
import type { BaseStore, FilterRow } from '../ports.ts';

/** Where the copy goes, and which column stands for which when it is in another table. */
export interface CopyTarget {
  readonly viewId: string;
  readonly baseId: string;
  readonly now: number;
  readonly columnIds?: ReadonlyMap<string, string>;
}

/** Copies columns, filters and sorts of a view to one that has none; what speaks of a missing column is left out. */
export async function copyViewParts(
  core: Pick<Core, 'newId'>,
  store: Pick<BaseStore, 'saveViewColumns' | 'insertFilters' | 'insertSorts'>,
  origin: View,
  target: CopyTarget,
): Promise<void> {
  const { viewId, baseId, now, columnIds } = target;
  const columnId = (id: string): string | undefined => (columnIds === undefined ? id : columnIds.get(id));
  const place = { viewId, baseId, createdAt: now, updatedAt: now };
  const told = origin.columns.some((each) => each.stored);
  if (told) {
    await store.saveViewColumns(
      origin.columns.flatMap(({ column, stored: _, ...rest }) => {
        const id = columnId(column.id);
        return id === undefined ? [] : [{ ...rest, ...place, columnId: id }];
      }),
    );
  }
  const copyFilters = (filters: readonly ViewFilter[], parentId: string | null): FilterRow[] =>
    filters.flatMap(({ children, ...rest }) => {
      const id = core.newId('filter');
      const field = rest.columnId === null ? null : columnId(rest.columnId);
      if (field === undefined) return [];
      return [{ ...rest, ...place, id, parentId, columnId: field }, ...copyFilters(children, id)];
    });
  await store.insertFilters(copyFilters(origin.filters, null));
  await store.insertSorts(
    origin.sorts.flatMap((sort) => {
      const id = columnId(sort.columnId);
      return id === undefined ? [] : [{ ...sort, ...place, id: core.newId('sort'), columnId: id }];
    }),
  );
}
