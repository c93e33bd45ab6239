import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { request } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import type { ViewState } from './useView.ts';

export type Aggregates = Readonly<Record<string, unknown>>;

/** The footer of the view, worked out by the database over all rows it shows; by title of the column. */
export function useAggregates(state: ViewState) {
  const { table, view, columns, where, version } = state;
  const terms = columns
    .filter((each) => each.aggregation !== null)
    .map((each) => ({ field: each.column.id, type: each.aggregation }));
  const aggregation = JSON.stringify(terms);
  return useQuery({
    queryKey: [...keys.records(table?.id ?? ''), 'aggregate', view?.id, aggregation, where, version],
    queryFn: ({ signal }) =>
      request<Aggregates>('GET', `/api/v2/tables/${table?.id}/aggregate`, {
        query: { aggregation, where, viewId: view?.id },
        signal,
      }),
    enabled: table !== undefined && view !== undefined && terms.length > 0,
    placeholderData: keepPreviousData,
  });
}
