import { useInfiniteQuery } from '@tanstack/react-query';
import { request } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import type { Page } from '../api/shapes.ts';
import { type GroupTerm, type RowGroup, readGroup } from './groups.ts';
import { searchWhere, useSearches, whereOf } from './search.ts';
import type { ViewState } from './useView.ts';

const pageSize = 100;

/** Sorting of groups in the words of the wire. */
function sortOf(term: GroupTerm | undefined): string {
  if (term === undefined) return '[]';
  const { column, sort } = term;
  const direction = sort.endsWith('desc') ? 'desc' : 'asc';
  return JSON.stringify([{ field: sort.startsWith('count') ? 'count' : column.id, direction }]);
}

/**
 * The groups of a view's rows, by page: those of the field of a level, counted
 * from 0, inside a group of the level before.
 */
export function useGroups(state: ViewState, level: number, parent: RowGroup | undefined) {
  const { table, view, columns, version } = state;
  const term = state.groupBy[level];
  const tableId = table?.id ?? '';
  const text = useSearches((searches) => searches.texts[tableId] ?? '');
  const where = whereOf([
    searchWhere(
      columns.map((each) => each.column),
      text,
    ),
    parent?.where,
  ]);
  const columnNames = term?.column.id ?? '';
  const sort = sortOf(term);
  return useInfiniteQuery({
    queryKey: [...keys.records(tableId), 'groups', view?.id, columnNames, sort, where, version],
    queryFn: async ({ pageParam, signal }) => {
      const answer = await request<{ groups: Page }>('POST', `/api/v2/tables/${tableId}/bulk/group`, {
        query: { viewId: view?.id },
        body: [
          {
            alias: 'groups',
            column_name: columnNames,
            sort,
            limit: pageSize,
            offset: pageParam,
            ...(where === undefined ? {} : { where }),
          },
        ],
        signal,
      });
      return answer.groups;
    },
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.pageInfo.isLastPage ? undefined : pages.length * pageSize),
    select: ({ pages }) => ({
      total: pages[0]?.pageInfo.totalRows ?? 0,
      groups: pages.flatMap((page) =>
        page.list.flatMap((row) => (term ? [readGroup(term, row, parent)] : [])),
      ),
    }),
    enabled: view !== undefined && term !== undefined,
  });
}
