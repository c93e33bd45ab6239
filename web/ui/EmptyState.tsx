import { Center, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** Nothing here yet: says what would be, and offers the next step. */
export function EmptyState({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: string;
  children?: ReactNode;
}) {
  return (
    <Center p="xl" mih={240}>
      <Stack align="center" gap="sm" maw={420}>
        <Title order={2} size="h4" ta="center">
          {title}
        </Title>
        {hint === undefined ? null : (
          <Text c="dimmed" ta="center" size="sm">
            {hint}
          </Text>
        )}
        {children}
      </Stack>
    </Center>
  );
}
