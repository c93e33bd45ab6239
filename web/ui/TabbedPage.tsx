import { Container, Group, Stack, Tabs, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { NotFound } from './NotFound.tsx';
import { usePageTitle } from './usePageTitle.ts';

export interface Tab {
  readonly value: string;
  readonly label: string;
  readonly content: () => ReactNode;
}

interface TabbedPageProps {
  readonly title: string;
  /** What the page is about when the title does not say. */
  readonly subtitle?: string | undefined;
  readonly tabs: readonly Tab[];
  readonly active: string;
  /** The address of a tab is this, `/` and its value. */
  readonly address: string;
  /** Stands at the end of the title. */
  readonly aside?: ReactNode;
}

/** A page of settings: a title and tabs, each with an address of its own. */
export function TabbedPage({ title, subtitle, tabs, active, address, aside }: TabbedPageProps) {
  const [, navigate] = useLocation();
  const shown = tabs.find((tab) => tab.value === active);
  usePageTitle(shown === undefined ? title : `${shown.label} · ${subtitle ?? title}`);
  if (shown === undefined) return <NotFound />;
  return (
    <Container size="lg" w="100%" px={{ base: 'md', sm: 'xl' }} py={{ base: 'md', sm: 'xl' }}>
      <Stack gap="lg">
        <Group justify="space-between" align="flex-end">
          <div>
            <Title order={1} size="h2">
              {title}
            </Title>
            {subtitle === undefined ? null : <Text c="dimmed">{subtitle}</Text>}
          </div>
          {aside}
        </Group>
        <Tabs
          value={active}
          onChange={(value) => value !== null && navigate(`${address}/${value}`)}
          activateTabWithKeyboard={false}
          keepMounted={false}
        >
          <Tabs.List aria-label={title}>
            {tabs.map((tab) => (
              <Tabs.Tab key={tab.value} value={tab.value}>
                {tab.label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value={active} pt="xl">
            {shown.content()}
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </Container>
  );
}
