import { request } from '../api/client.ts';
import type { Column } from '../api/shapes.ts';
import type { Filter } from '../api/viewShapes.ts';
import { viewKeys } from '../api/views.ts';
import { chooseOperator, familyOf, operatorsOf } from './operators.ts';
import { useViewChange } from './useViewChange.ts';

export type FilterPatch = Partial<
  Pick<Filter, 'fk_column_id' | 'comparison_op' | 'comparison_sub_op' | 'value' | 'logical_op' | 'enabled'>
>;

export interface PatchHow {
  readonly onRefused?: (error: unknown) => void;
  /** Shown when the server has taken it: what was typed stays where it is if it is refused. */
  readonly typed?: boolean;
}

export interface FilterChanges {
  readonly add: (column: Column | undefined, parent: string | null, logic: 'and' | 'or') => Promise<void>;
  readonly addGroup: (
    parent: string | null,
    logic: 'and' | 'or',
    column: Column | undefined,
  ) => Promise<void>;
  readonly patch: (id: string, body: FilterPatch, how?: PatchHow) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
}

/** A condition on a column in the words it is most often asked in. */
export const startFilter = (column: Column | undefined) =>
  column === undefined
    ? {}
    : {
        fk_column_id: column.id,
        ...chooseOperator(familyOf(column), operatorsOf[familyOf(column)][0] ?? 'eq'),
      };

/** Everything under a filter, and itself. */
function branchOf(filters: readonly Filter[], id: string): Set<string> {
  const branch = new Set([id]);
  let size = 0;
  while (size !== branch.size) {
    size = branch.size;
    for (const filter of filters) if (branch.has(filter.fk_parent_id ?? '')) branch.add(filter.id);
  }
  return branch;
}

/** Changes of a view's filters. */
export function useFilterChanges(viewId: string | undefined): FilterChanges {
  const { change } = useViewChange(viewId);
  const queryKey = viewKeys.filters(viewId ?? '');
  const create = (body: unknown) =>
    change<Filter[]>({
      queryKey,
      send: () => request('POST', `/api/v2/meta/views/${viewId}/filters`, { body }),
    });
  return {
    add: (column, parent, logic) =>
      create({ ...startFilter(column), fk_parent_id: parent, logical_op: logic }),
    addGroup: (parent, logic, column) =>
      create({
        is_group: true,
        fk_parent_id: parent,
        logical_op: logic,
        children: [{ ...startFilter(column), logical_op: 'and' }],
      }),
    patch: (id, body, { onRefused, typed = false } = {}) =>
      change<Filter[]>({
        queryKey,
        ...(onRefused === undefined ? {} : { onRefused }),
        ...(typed
          ? {}
          : {
              update: (before) =>
                before.map((filter) => (filter.id === id ? { ...filter, ...body } : filter)),
            }),
        send: () => request('PATCH', `/api/v2/meta/filters/${id}`, { body }),
      }),
    remove: (id) =>
      change<Filter[]>({
        queryKey,
        update: (before) => {
          const gone = branchOf(before, id);
          return before.filter((filter) => !gone.has(filter.id));
        },
        send: () => request('DELETE', `/api/v2/meta/filters/${id}`),
      }),
  };
}
