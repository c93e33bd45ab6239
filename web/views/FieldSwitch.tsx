import { useSortable } from '@dnd-kit/sortable';
import { ActionIcon, Group, Switch, Text } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { TypeIcon } from '../ui/TypeIcon.tsx';
import type { ShownColumn } from './useView.ts';

interface FieldSwitchProps {
  readonly shown: ShownColumn;
  readonly readOnly: boolean;
  readonly onShow: (show: boolean) => void;
}

/** A field in the list of fields: shown or not, and draggable to its place. */
export function FieldSwitch({ shown, readOnly, onShow }: FieldSwitchProps) {
  const { t } = useTranslation();
  const { column, show } = shown;
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } =
    useSortable({
      id: column.id,
      disabled: readOnly,
    });
  return (
    <Group
      ref={setNodeRef}
      gap="xs"
      wrap="nowrap"
      mih={32}
      style={{
        transform: transform === null ? undefined : `translateY(${transform.y}px)`,
        transition,
        zIndex: isDragging ? 1 : undefined,
        background: isDragging ? 'var(--mantine-color-default-hover)' : undefined,
      }}
    >
      <ActionIcon
        ref={setActivatorNodeRef}
        {...attributes}
        {...listeners}
        size="sm"
        variant="subtle"
        color="gray"
        disabled={readOnly}
        aria-label={t('views.moveField', { title: column.title })}
        style={{ cursor: readOnly ? undefined : 'grab', touchAction: 'none' }}
      >
        <IconGripVertical size={14} aria-hidden />
      </ActionIcon>
      <TypeIcon type={column.uidt} />
      <Text size="sm" flex={1} truncate>
        {column.title}
      </Text>
      <Switch
        size="xs"
        aria-label={t('views.showField', { title: column.title })}
        checked={show}
        // rows are told apart by it
        disabled={readOnly || (column.pv && show)}
        onChange={(event) => onShow(event.currentTarget.checked)}
      />
    </Group>
  );
}
