import { closestCenter, DndContext, type DragEndEvent } from '@dnd-kit/core';
import { horizontalListSortingStrategy, SortableContext } from '@dnd-kit/sortable';
import { ActionIcon, Group } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMayInBase, useTable } from '../api/queries.ts';
import type { View } from '../api/shapes.ts';
import { NameView } from './NameView.tsx';
import { useDragSensors } from './useDragSensors.ts';
import { chooseView } from './useView.ts';
import { freeTitle, useViewActions } from './useViewActions.ts';
import { ViewTab } from './ViewTab.tsx';

/** A place between neighbours; the numbers are any doubles. */
function orderBetween(before: View | undefined, after: View | undefined): number {
  if (before === undefined) return (after?.order ?? 1) - 1;
  return after === undefined ? before.order + 1 : (before.order + after.order) / 2;
}

/** The views of a table: go to one, make, move and change them. */
export function ViewTabs({ tableId, viewId }: { tableId: string; viewId: string | undefined }) {
  const { t } = useTranslation();
  const table = useTable(tableId).data;
  const sensors = useDragSensors();
  const actions = useViewActions(table);
  const isCreator = useMayInBase(table?.base_id, 'creator');
  const isEditor = useMayInBase(table?.base_id, 'editor');
  const [naming, setNaming] = useState(false);
  const views = (table?.views ?? []).toSorted((a, b) => a.order - b.order);
  const current = chooseView(table, viewId);

  function place(view: View, to: number): void {
    const others = views.filter((each) => each.id !== view.id);
    void actions.patch(view, { order: orderBetween(others[to - 1], others[to]) });
  }
  function drop({ active, over }: DragEndEvent): void {
    const view = views.find((each) => each.id === active.id);
    const to = views.findIndex((each) => each.id === over?.id);
    if (view !== undefined && to >= 0 && active.id !== over?.id) place(view, to);
  }

  return (
    <Group gap={2} px="xs" wrap="nowrap" mih={40} component="nav" aria-label={t('views.views')}>
      <Group gap={2} wrap="nowrap" style={{ overflowX: 'auto', scrollbarWidth: 'thin' }}>
        <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
          <SortableContext items={views.map((view) => view.id)} strategy={horizontalListSortingStrategy}>
            {table === undefined
              ? null
              : views.map((view, index) => (
                  <ViewTab
                    key={view.id}
                    table={table}
                    view={view}
                    active={view.id === current?.id}
                    onMove={(step) => place(view, index + step)}
                    isFirst={index === 0}
                    isLast={index === views.length - 1}
                  />
                ))}
          </SortableContext>
        </DndContext>
      </Group>
      {isEditor ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('views.create')}
          title={t('views.create')}
          onClick={() => setNaming(true)}
        >
          <IconPlus size={16} aria-hidden />
        </ActionIcon>
      ) : null}
      {naming ? (
        <NameView
          heading={t('views.create')}
          hint={isCreator ? undefined : t('views.personalOnly')}
          initial={freeTitle(views, t('views.newTitle'))}
          action={t('views.createAction')}
          onClose={() => setNaming(false)}
          onSave={(title) => actions.create({ title, ...(isCreator ? {} : { lock_type: 'personal' }) })}
        />
      ) : null}
    </Group>
  );
}
