import { Box, Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { LoadError } from './LoadError.tsx';
import { useAfter } from './useAfter.ts';

/** What a query brought; lines in its place while that takes long, the reason and another try when it failed. */
export function Loaded<T>({
  query,
  lines = 3,
  children,
}: {
  query: UseQueryResult<T>;
  /** About as many as there will be, so that nothing jumps. */
  lines?: number;
  children: (data: T) => ReactNode;
}) {
  const late = useAfter(query.isPending);
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <LoadError error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Box mih={lines * 52} aria-busy="true">
      <Stack gap="md" pt="xs" opacity={late ? 1 : 0}>
        {Array.from({ length: lines }, (_, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines without content never change places
          <Skeleton key={line} h={36} animate={late} />
        ))}
      </Stack>
    </Box>
  );
}
