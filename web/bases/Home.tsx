import { Button, Card, Container, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconDatabasePlus, IconFileImport, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useBases, useTables } from '../api/queries.ts';
import type { Base } from '../api/shapes.ts';
import { openImport } from '../imports/importing.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { usePageTitle } from '../ui/usePageTitle.ts';
import { BaseMenu } from './BaseMenu.tsx';
import classes from './bases.module.css';
import { openDialog } from './dialogs.ts';
import { ThingIcon } from './ThingIcon.tsx';
import { useMayCreateBases } from './useMayCreateBases.ts';

function BaseCard({ base }: { base: Base }) {
  const { t } = useTranslation();
  const tables = useTables(base.id).data;
  return (
    <Card component="li" withBorder padding="md" className={classes.card}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap="sm" wrap="nowrap" miw={0}>
          <ThingIcon thing={base} kind="base" size={22} />
          <Text component={Link} href={`/base/${base.id}`} className={classes.cover} fw={600} truncate>
            {base.title}
          </Text>
        </Group>
        <span className={classes.above}>
          <BaseMenu base={base} />
        </span>
      </Group>
      <Text size="sm" c="dimmed" mt="xs" mih={22} lineClamp={2}>
        {base.description || (tables === undefined ? '' : t('bases.tableCount', { count: tables.length }))}
      </Text>
    </Card>
  );
}

/** What one does to get started. */
function Starters() {
  const { t } = useTranslation();
  return (
    <Group gap="sm">
      <Button
        variant="default"
        leftSection={<IconFileImport size={16} aria-hidden />}
        onClick={() => openImport()}
      >
        {t('bases.importFile')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconDatabasePlus size={16} aria-hidden />}
        onClick={() => openDialog({ kind: 'connect' })}
      >
        {t('sources.connectTitle')}
      </Button>
      <Button
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => openDialog({ kind: 'createBase' })}
      >
        {t('bases.createBase')}
      </Button>
    </Group>
  );
}

/** The start page: every base one may open. */
export function Home() {
  const { t } = useTranslation();
  const bases = useBases();
  const mayCreate = useMayCreateBases();
  usePageTitle(t('nav.bases'));
  const empty = bases.data?.length === 0;
  return (
    <Container size="xl" w="100%" px={{ base: 'md', sm: 'xl' }} py={{ base: 'md', sm: 'xl' }}>
      <Stack gap="lg">
        <Group justify="space-between" mih={36}>
          <Title order={1} size="h2">
            {t('nav.bases')}
          </Title>
          {mayCreate && !empty ? <Starters /> : null}
        </Group>
        <Loaded query={bases}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState
                title={t(mayCreate ? 'bases.noneYet' : 'bases.noneShared')}
                hint={t(mayCreate ? 'bases.noneYetHint' : 'bases.noneSharedHint')}
              >
                {mayCreate ? <Starters /> : null}
              </EmptyState>
            ) : (
              <SimpleGrid
                component="ul"
                className={classes.cards}
                cols={{ base: 1, xs: 2, md: 3, xl: 4 }}
                aria-label={t('nav.bases')}
              >
                {list.map((base) => (
                  <BaseCard key={base.id} base={base} />
                ))}
              </SimpleGrid>
            )
          }
        </Loaded>
      </Stack>
    </Container>
  );
}
