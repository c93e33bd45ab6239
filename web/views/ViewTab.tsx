import { useSortable } from '@dnd-kit/sortable';
import { Button, Group } from '@mantine/core';
import { IconLock, IconTable, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Table, View } from '../api/shapes.ts';
import { useReadOnlyReason } from './useView.ts';
import { viewAddress } from './useViewActions.ts';
import { ViewMenu } from './ViewMenu.tsx';

interface ViewTabProps {
  readonly table: Table;
  readonly view: View;
  readonly active: boolean;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly onMove: (step: number) => void;
}

const icons = { collaborative: IconTable, locked: IconLock, personal: IconUser };

/** A view to go to; the one that is shown has the menu of its actions. */
export function ViewTab({ table, view, active, isFirst, isLast, onMove }: ViewTabProps) {
  const { t } = useTranslation();
  const readOnlyReason = useReadOnlyReason(table.base_id, view);
  const movable = readOnlyReason === null;
  const { listeners, setNodeRef, transform, transition, isDragging } = useSortable({
    id: view.id,
    disabled: !movable,
  });
  const Icon = icons[view.lock_type];
  const note = view.lock_type === 'collaborative' ? undefined : t(`views.lockTypes.${view.lock_type}`);
  return (
    <Group
      ref={setNodeRef}
      gap={0}
      wrap="nowrap"
      style={{
        flexShrink: 0,
        transform: transform === null ? undefined : `translateX(${transform.x}px)`,
        transition,
        opacity: isDragging ? 0.7 : 1,
      }}
    >
      <Button
        component={Link}
        href={viewAddress(table, view.id)}
        {...listeners}
        draggable={false}
        size="xs"
        px="xs"
        variant={active ? 'light' : 'subtle'}
        color={active ? 'accent' : 'gray'}
        aria-current={active ? 'page' : undefined}
        title={note ?? view.title}
        leftSection={<Icon size={14} aria-hidden />}
        maw={240}
      >
        {view.title}
      </Button>
      {active ? (
        <ViewMenu
          table={table}
          view={view}
          readOnlyReason={readOnlyReason}
          isFirst={isFirst}
          isLast={isLast}
          onMove={onMove}
        />
      ) : null}
    </Group>
  );
}
