import { Button, Container, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconApi, IconDatabasePlus, IconFileImport, IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useBases, useMayInBase, useTables } from '../api/queries.ts';
import type { Base } from '../api/shapes.ts';
import { openImport } from '../imports/importing.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { NotFound } from '../ui/NotFound.tsx';
import { usePageTitle } from '../ui/usePageTitle.ts';
import { BaseMenu } from './BaseMenu.tsx';
import { openDialog } from './dialogs.ts';
import { TableList } from './TableList.tsx';
import { ThingIcon } from './ThingIcon.tsx';

function Links({ base }: { base: Base }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      <Button
        component="a"
        href={`#/base/${base.id}/settings`}
        variant="subtle"
        size="sm"
        leftSection={<IconUsersGroup size={16} aria-hidden />}
      >
        {t('bases.teamAndSettings')}
      </Button>
      <Button
        component="a"
        href={`/api/v2/meta/bases/${base.id}/swagger`}
        target="_blank"
        rel="noopener"
        variant="subtle"
        size="sm"
        leftSection={<IconApi size={16} aria-hidden />}
      >
        {t('bases.swagger')}
      </Button>
    </Group>
  );
}

/** What one does to get tables. */
function Starters({ baseId }: { baseId: string }) {
  const { t } = useTranslation();
  return (
    <Group gap="sm">
      <Button
        variant="default"
        leftSection={<IconFileImport size={16} aria-hidden />}
        onClick={() => openImport({ baseId })}
      >
        {t('bases.importFile')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconDatabasePlus size={16} aria-hidden />}
        onClick={() => openDialog({ kind: 'connect', baseId })}
      >
        {t('sources.connectTitle')}
      </Button>
      <Button
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => openDialog({ kind: 'createTable', baseId })}
      >
        {t('bases.createTable')}
      </Button>
    </Group>
  );
}

function Tables({ baseId }: { baseId: string }) {
  const { t } = useTranslation();
  const tables = useTables(baseId);
  const mayBuild = useMayInBase(baseId, 'creator');
  return (
    <Stack gap="md">
      <Group justify="space-between" mih={36}>
        <Title order={2} size="h4">
          {t('bases.tables')}
        </Title>
        {mayBuild && tables.data?.length !== 0 ? <Starters baseId={baseId} /> : null}
      </Group>
      <Loaded query={tables} lines={6}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState
              title={t('bases.noTables')}
              hint={t(mayBuild ? 'bases.noTablesHint' : 'bases.noTablesShared')}
            >
              {mayBuild ? <Starters baseId={baseId} /> : null}
            </EmptyState>
          ) : (
            <TableList tables={list} />
          )
        }
      </Loaded>
    </Stack>
  );
}

/** A base: its tables and the ways to what belongs to it. */
export function BasePage({ baseId }: { baseId: string }) {
  const bases = useBases();
  const base = bases.data?.find((one) => one.id === baseId);
  usePageTitle(base?.title);
  if (bases.isSuccess && base === undefined && !bases.isFetching) return <NotFound />;
  return (
    <Container size="xl" w="100%" px={{ base: 'md', sm: 'xl' }} py={{ base: 'md', sm: 'xl' }}>
      <Stack gap="xl">
        {base === undefined ? (
          <Skeleton h={36} w={240} animate={false} opacity={0} />
        ) : (
          <div>
            <Group justify="space-between">
              <Group gap="sm" wrap="nowrap" miw={0}>
                <ThingIcon thing={base} kind="base" size={26} />
                <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
                  {base.title}
                </Title>
                <BaseMenu base={base} />
              </Group>
              <Links base={base} />
            </Group>
            {base.description ? (
              <Text c="dimmed" mt={4} maw={720}>
                {base.description}
              </Text>
            ) : null}
          </div>
        )}
        <Tables baseId={baseId} />
      </Stack>
    </Container>
  );
}
