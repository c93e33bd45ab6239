import { useSortable } from '@dnd-kit/sortable';
import { ActionIcon, ColorSwatch, Group, Popover, SimpleGrid, TextInput } from '@mantine/core';
import { IconCheck, IconGripVertical } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RemoveButton } from '../RemoveButton.tsx';
import type { ChoiceDraft } from './columnDraft.ts';
import { choiceColors } from './columnKinds.ts';

interface ChoiceRowProps {
  readonly choice: ChoiceDraft;
  readonly focused: boolean;
  /** Another option has the same title. */
  readonly twice: boolean;
  readonly onPatch: (body: Partial<ChoiceDraft>) => void;
  readonly onRemove: () => void;
  readonly onEnter: () => void;
}

function ColorButton({ choice, onPatch }: Pick<ChoiceRowProps, 'choice' | 'onPatch'>) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus position="bottom-start" shadow="md">
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('columns.colorOf', { title: choice.title })}
          onClick={() => setOpened(!opened)}
        >
          <ColorSwatch color={choice.color} size={18} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <SimpleGrid cols={5} spacing={4}>
          {choiceColors.map((color, index) => (
            <ActionIcon
              key={color}
              variant="subtle"
              color="gray"
              aria-label={t('columns.colorNumber', { number: index + 1 })}
              aria-pressed={color === choice.color}
              onClick={() => {
                onPatch({ color });
                setOpened(false);
              }}
            >
              <ColorSwatch color={color} size={20}>
                {color === choice.color ? <IconCheck size={12} color="black" aria-hidden /> : null}
              </ColorSwatch>
            </ActionIcon>
          ))}
        </SimpleGrid>
      </Popover.Dropdown>
    </Popover>
  );
}

/** One option of a select. */
export function ChoiceRow({ choice, focused, twice, onPatch, onRemove, onEnter }: ChoiceRowProps) {
  const { t } = useTranslation();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition } = useSortable({
    id: choice.key,
  });
  return (
    <Group
      ref={setNodeRef}
      gap={4}
      wrap="nowrap"
      align="flex-start"
      style={{ transform: transform === null ? undefined : `translateY(${transform.y}px)`, transition }}
    >
      <ActionIcon
        ref={setActivatorNodeRef}
        {...attributes}
        {...listeners}
        variant="subtle"
        color="gray"
        aria-label={t('columns.moveOption', { title: choice.title })}
        style={{ cursor: 'grab', touchAction: 'none' }}
      >
        <IconGripVertical size={14} aria-hidden />
      </ActionIcon>
      <ColorButton choice={choice} onPatch={onPatch} />
      <TextInput
        size="xs"
        flex={1}
        data-autofocus={focused || undefined}
        autoFocus={focused}
        aria-label={t('columns.optionTitle')}
        placeholder={t('columns.optionTitle')}
        value={choice.title}
        maxLength={255}
        error={twice && choice.title.trim() !== '' ? t('columns.optionTwice') : undefined}
        onChange={(event) => onPatch({ title: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          onEnter();
        }}
      />
      <RemoveButton label={t('columns.removeOption', { title: choice.title })} onClick={onRemove} />
    </Group>
  );
}
