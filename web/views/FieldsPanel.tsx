import { closestCenter, DndContext, type DragEndEvent } from '@dnd-kit/core';
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { Button, Divider, Group, Stack, Switch } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FieldSwitch } from './FieldSwitch.tsx';
import { Panel } from './Panel.tsx';
import { ReadOnlyNote } from './ReadOnlyNote.tsx';
import { useColumnChanges } from './useColumnChanges.ts';
import { useDragSensors } from './useDragSensors.ts';
import { orderAt, type ViewState } from './useView.ts';
import { useViewActions } from './useViewActions.ts';

/** Which fields the view shows, and in which order. */
export function FieldsPanel({ state }: { state: ViewState }) {
  const { t } = useTranslation();
  const sensors = useDragSensors();
  const changes = useColumnChanges(state.view?.id);
  const actions = useViewActions(state.table);
  const { view, readOnly } = state;
  const listed = state.allColumns.filter((each) => !each.column.system || view?.show_system_fields === true);
  const hidden = listed.filter((each) => !each.show).length;

  function drop({ active, over }: DragEndEvent): void {
    const from = listed.findIndex((each) => each.column.id === active.id);
    const to = listed.findIndex((each) => each.column.id === over?.id);
    const moved = listed[from];
    if (moved === undefined || to < 0 || from === to) return;
    const order = orderAt(listed, moved.column.id, to);
    if (order !== undefined) void changes.patch(moved.viewColumnId, { order });
    else {
      const renumbered = listed.toSpliced(from, 1).toSpliced(to, 0, moved);
      for (const [place, each] of renumbered.entries())
        void changes.patch(each.viewColumnId, { order: place + 1 });
    }
  }

  return (
    <Panel name="fields" label={t('views.fields')} icon={IconEyeOff} count={hidden} width={340}>
      <ReadOnlyNote state={state} />
      <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
        <SortableContext items={listed.map((each) => each.column.id)} strategy={verticalListSortingStrategy}>
          <Stack gap={2}>
            {listed.map((each) => (
              <FieldSwitch
                key={each.column.id}
                shown={each}
                readOnly={readOnly}
                onShow={(show) => void changes.patch(each.viewColumnId, { show })}
              />
            ))}
          </Stack>
        </SortableContext>
      </DndContext>
      <Divider my="xs" />
      <Group justify="space-between" gap="xs">
        <Switch
          size="xs"
          label={t('views.showSystemFields')}
          checked={view?.show_system_fields === true}
          disabled={readOnly}
          onChange={(event) => {
            const show_system_fields = event.currentTarget.checked;
            if (view !== undefined) void actions.patch(view, { show_system_fields });
          }}
        />
        <Group gap={4}>
          <Button
            size="compact-xs"
            variant="default"
            disabled={readOnly}
            onClick={() => void changes.showAll(true)}
          >
            {t('views.showAll')}
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            disabled={readOnly}
            onClick={() => void changes.showAll(false)}
          >
            {t('views.hideAll')}
          </Button>
        </Group>
      </Group>
    </Panel>
  );
}
