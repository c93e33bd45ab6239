import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { request } from '../api/client.ts';
import type { PageInfo } from '../api/shapes.ts';

export interface ListAnswer {
  readonly list: readonly unknown[];
  readonly pageInfo: PageInfo;
}

interface ListSource<T extends ListAnswer, Body> {
  /** The cache key it stands under. */
  readonly key: readonly unknown[];
  readonly path: string;
  readonly query?: Readonly<Record<string, string | boolean>>;
  /** Where in the answer the list is. */
  readonly read: (body: Body) => T;
}

const pageSize = 25;

/** A list of the server in pages, with a search that waits for the end of typing. */
export function useListPage<T extends ListAnswer, Body = T>({ key, path, query, read }: ListSource<T, Body>) {
  const [page, setPage] = useState(1);
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search.trim(), 250);
  const offset = (page - 1) * pageSize;
  const answer = useQuery({
    queryKey: [...key, { page, wanted }],
    queryFn: async ({ signal }) => {
      const asked = { ...query, limit: pageSize, offset, query: wanted === '' ? undefined : wanted };
      return read(await request<Body>('GET', path, { query: asked, signal }));
    },
    placeholderData: keepPreviousData,
  });
  const emptied = page > 1 && answer.data?.list.length === 0 && !answer.isPlaceholderData;
  useEffect(() => {
    if (emptied) setPage((current) => current - 1);
  }, [emptied]);
  return {
    answer,
    page,
    setPage,
    search,
    wanted,
    setSearch: (text: string) => {
      setSearch(text);
      setPage(1);
    },
  };
}
