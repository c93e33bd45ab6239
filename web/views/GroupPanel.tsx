import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconStack2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type GroupSort, type GroupTerm, isGroupable } from './groups.ts';
import { Panel } from './Panel.tsx';
import { ReadOnlyNote } from './ReadOnlyNote.tsx';
import { RemoveButton } from './RemoveButton.tsx';
import { useColumnChanges, type ViewColumnPatch } from './useColumnChanges.ts';
import type { ViewState } from './useView.ts';

/** Columns rows are grouped by at once; more make groups of one row. */
const most = 3;
const sorts: readonly GroupSort[] = ['asc', 'desc', 'count-desc', 'count-asc'];

/** By which fields the rows are put together. */
export function GroupPanel({ state }: { state: ViewState }) {
  const { t } = useTranslation();
  const changes = useColumnChanges(state.view?.id);
  const { groupBy, readOnly } = state;
  const grouped = new Set(groupBy.map((term) => term.column.id));
  const offered = state.allColumns.filter((each) => !each.column.system && isGroupable(each.column));
  const next = offered.find((each) => !grouped.has(each.column.id));

  function patch(columnId: string, body: ViewColumnPatch): void {
    const each = state.allColumns.find((candidate) => candidate.column.id === columnId);
    if (each !== undefined) void changes.patch(each.viewColumnId, body);
  }
  const leave = { group_by: false, group_by_order: null, group_by_sort: null };
  const join = (columnId: string, order: number, sort: GroupSort) =>
    patch(columnId, { group_by: true, group_by_order: order, group_by_sort: sort });

  function replace(term: GroupTerm, place: number, columnId: string | null): void {
    if (columnId === null || columnId === term.column.id) return;
    patch(term.column.id, leave);
    join(columnId, place + 1, term.sort);
  }

  return (
    <Panel name="group" label={t('views.groupBy')} icon={IconStack2} count={groupBy.length} width={460}>
      <ReadOnlyNote state={state} />
      <Stack gap="xs">
        {groupBy.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('views.noGroups')}
          </Text>
        ) : null}
        {groupBy.map((term, place) => (
          <Group key={term.column.id} gap="xs" wrap="nowrap">
            <Select
              size="xs"
              flex={1}
              searchable
              aria-label={t('views.field')}
              data={offered
                .filter(({ column }) => column.id === term.column.id || !grouped.has(column.id))
                .map(({ column }) => ({ value: column.id, label: column.title }))}
              value={term.column.id}
              readOnly={readOnly}
              allowDeselect={false}
              onChange={(id) => replace(term, place, id)}
            />
            <Select
              size="xs"
              w={170}
              aria-label={t('views.groupOrder')}
              data={sorts.map((value) => ({ value, label: t(`views.groupSorts.${value}`) }))}
              value={term.sort}
              readOnly={readOnly}
              allowDeselect={false}
              onChange={(value) => patch(term.column.id, { group_by_sort: value })}
            />
            <RemoveButton
              label={t('views.removeGrouping')}
              disabled={readOnly}
              onClick={() => patch(term.column.id, leave)}
            />
          </Group>
        ))}
        {readOnly || next === undefined || groupBy.length >= most ? null : (
          <Group>
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => join(next.column.id, groupBy.length + 1, 'asc')}
            >
              {t('views.addGrouping')}
            </Button>
          </Group>
        )}
      </Stack>
    </Panel>
  );
}
