import { ActionIcon, Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconArrowsSort, IconArrowUp, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Sort } from '../api/viewShapes.ts';
import { familyOf } from './operators.ts';
import { Panel } from './Panel.tsx';
import { ReadOnlyNote } from './ReadOnlyNote.tsx';
import { RemoveButton } from './RemoveButton.tsx';
import { useSortChanges } from './useSortChanges.ts';
import type { ViewState } from './useView.ts';

/** Words of a direction that fit what is sorted. */
function directionWords(column: { uidt: string } | undefined): string {
  const family = column === undefined ? 'text' : familyOf(column);
  return family === 'number' || family === 'date' || family === 'time' || family === 'checkbox'
    ? family
    : 'text';
}

function SortRow({ state, sort, above }: { state: ViewState; sort: Sort; above: Sort | undefined }) {
  const { t } = useTranslation();
  const changes = useSortChanges(state.view?.id);
  const columns = (state.table?.columns ?? []).filter((column) => column.uidt !== 'JSON');
  const words = directionWords(columns.find(({ id }) => id === sort.fk_column_id));
  const taken = new Set(state.sorts.map((each) => each.fk_column_id));
  return (
    <Group gap="xs" wrap="nowrap">
      <Select
        size="xs"
        flex={1}
        searchable
        aria-label={t('views.field')}
        data={columns
          .filter(({ id }) => id === sort.fk_column_id || !taken.has(id))
          .map(({ id, title }) => ({ value: id, label: title }))}
        value={sort.fk_column_id}
        readOnly={state.readOnly}
        allowDeselect={false}
        onChange={(id) => id !== null && void changes.patch(sort.id, { fk_column_id: id })}
      />
      <Select
        size="xs"
        w={120}
        aria-label={t('views.direction')}
        data={(['asc', 'desc'] as const).map((value) => ({
          value,
          label: t(`views.directions.${words}.${value}`),
        }))}
        value={sort.direction}
        readOnly={state.readOnly}
        allowDeselect={false}
        onChange={(value) => void changes.patch(sort.id, { direction: value === 'desc' ? 'desc' : 'asc' })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('views.sortEarlier')}
        title={t('views.sortEarlier')}
        disabled={state.readOnly || above === undefined}
        onClick={() => above !== undefined && void changes.swap(sort, above)}
      >
        <IconArrowUp size={16} aria-hidden />
      </ActionIcon>
      <RemoveButton
        label={t('views.removeSort')}
        disabled={state.readOnly}
        onClick={() => void changes.remove(sort.id)}
      />
    </Group>
  );
}

/** In which order the rows come: by the first field, then by the next, and so on. */
export function SortPanel({ state }: { state: ViewState }) {
  const { t } = useTranslation();
  const changes = useSortChanges(state.view?.id);
  const taken = new Set(state.sorts.map((sort) => sort.fk_column_id));
  const free = state.columns.filter((each) => !taken.has(each.column.id) && each.column.uidt !== 'JSON');
  const next = free.find((each) => each.column.pv) ?? free[0];
  return (
    <Panel name="sort" label={t('views.sort')} icon={IconArrowsSort} count={state.sorts.length} width={460}>
      <ReadOnlyNote state={state} />
      <Stack gap="xs">
        {state.sorts.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('views.noSorts')}
          </Text>
        ) : null}
        {state.sorts.map((sort, index) => (
          <SortRow key={sort.id} state={state} sort={sort} above={state.sorts[index - 1]} />
        ))}
        {state.readOnly || next === undefined ? null : (
          <Group>
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => void changes.add(next.column.id, 'asc')}
            >
              {t('views.addSort')}
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
  );
}
