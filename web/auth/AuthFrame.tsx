import { Box, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { LanguageSelect } from '../ui/LanguageSelect.tsx';
import { Logo } from '../ui/Logo.tsx';
import { usePageTitle } from '../ui/usePageTitle.ts';

/** The page around everything one sees before being signed in. */
export function AuthFrame({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  usePageTitle(title);
  return (
    <Center component="main" mih="100%" p="md">
      <Box w="100%" maw={400} py="xl">
        <Group justify="center" mb="lg">
          <Logo size={32} />
        </Group>
        <Paper withBorder p="xl" radius="lg">
          <Stack gap="md">
            <div>
              <Title order={1} size="h3">
                {title}
              </Title>
              {hint === undefined ? null : (
                <Text c="dimmed" size="sm" mt={4}>
                  {hint}
                </Text>
              )}
            </div>
            {children}
          </Stack>
        </Paper>
        <Group justify="center" mt="md">
          <LanguageSelect />
        </Group>
      </Box>
    </Center>
  );
}
