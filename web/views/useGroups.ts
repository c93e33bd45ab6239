import { useInfiniteQuery } from '@tanstack/react-query';
import { request } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import type { Page } from '../api/shapes.ts';
import { type GroupTerm, readGroup } from './groups.ts';
import { searchWhere, useSearches, whereOf } from './search.ts';
import type { ViewState } from './useView.ts';

const pageSize = 100;

/** Sorting of groups in the words of the wire. */
function sortOf(terms: readonly GroupTerm[]): string {
  return JSON.stringify(
    terms.map(({ column, sort }) => ({
      field: sort.startsWith('count') ? 'count' : column.id,
      direction: sort.endsWith('desc') ? 'desc' : 'asc',
    })),
  );
}

/** The groups of a view's rows, by page. */
export function useGroups(state: ViewState) {
  const { table, view, groupBy, columns, version } = state;
  const tableId = table?.id ?? '';
  const text = useSearches((searches) => searches.texts[tableId] ?? '');
  const where = whereOf([
    searchWhere(
      columns.map((each) => each.column),
      text,
    ),
  ]);
  const columnNames = groupBy.map((term) => term.column.id).join(',');
  const sort = sortOf(groupBy);
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
      groups: pages.flatMap((page) => page.list.map((row) => readGroup(groupBy, row))),
    }),
    enabled: view !== undefined && groupBy.length > 0,
  });
}
