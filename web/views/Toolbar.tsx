import { Button, Group, Text } from '@mantine/core';
import { IconApi, IconLock } from '@tabler/icons-react';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ExportMenu } from './ExportMenu.tsx';
import { FieldsPanel } from './FieldsPanel.tsx';
import { FilterPanel } from './FilterPanel.tsx';
import { GroupPanel } from './GroupPanel.tsx';
import { RowHeightMenu } from './RowHeightMenu.tsx';
import { SearchBox } from './SearchBox.tsx';
import { SortPanel } from './SortPanel.tsx';
import { usePanel } from './usePanel.ts';
import { useView } from './useView.ts';

const ApiPanel = lazy(() =>
  import('../apiPanel/ApiPanel.tsx').then((module) => ({ default: module.ApiPanel })),
);

/** What a person changes of a view, above its rows. */
export function Toolbar({ tableId, viewId }: { tableId: string; viewId: string | undefined }) {
  const { t } = useTranslation();
  const state = useView(tableId, viewId);
  const { open, show } = usePanel();
  // leaving the table closes what was open for it
  useEffect(() => () => usePanel.getState().show(null), []);
  return (
    <Group
      role="toolbar"
      aria-label={t('views.toolbar')}
      gap={4}
      px="xs"
      py={6}
      mih={44}
      justify="space-between"
    >
      <Group gap={4}>
        {state.readOnlyReason === 'locked' ? (
          <Group gap={4} c="dimmed" wrap="nowrap" pr="xs">
            <IconLock size={14} aria-hidden />
            <Text size="xs" visibleFrom="sm">
              {t('views.locked')}
            </Text>
          </Group>
        ) : null}
        <FieldsPanel state={state} />
        <FilterPanel state={state} />
        <SortPanel state={state} />
        <GroupPanel state={state} />
        <RowHeightMenu state={state} />
      </Group>
      <Group gap={4} wrap="nowrap" flex={{ base: '1 1 240px', sm: 'none' }}>
        <SearchBox key={tableId} tableId={tableId} />
        <ExportMenu state={state} />
        <Button
          size="xs"
          px="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconApi size={18} aria-hidden />}
          onClick={() => show('api')}
        >
          {t('apiPanel.open')}
        </Button>
      </Group>
      {open === 'api' && state.table !== undefined ? (
        <Suspense fallback={null}>
          <ApiPanel table={state.table} onClose={() => show(null)} />
        </Suspense>
      ) : null}
    </Group>
  );
}
