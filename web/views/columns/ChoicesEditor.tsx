import { closestCenter, DndContext, type DragEndEvent } from '@dnd-kit/core';
import { arrayMove, SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { Button, Fieldset, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDragSensors } from '../useDragSensors.ts';
import { ChoiceRow } from './ChoiceRow.tsx';
import { type ChoiceDraft, newChoice } from './columnDraft.ts';

interface ChoicesEditorProps {
  readonly choices: readonly ChoiceDraft[];
  /** The options will come from the values that are there. */
  readonly fromData: boolean;
  readonly onChange: (choices: readonly ChoiceDraft[]) => void;
}

/** The options of a select: words, colours, order. */
export function ChoicesEditor({ choices, fromData, onChange }: ChoicesEditorProps) {
  const { t } = useTranslation();
  const sensors = useDragSensors();
  const [added, setAdded] = useState<string | null>(null);

  function add(): void {
    const choice = newChoice(choices.length);
    setAdded(choice.key);
    onChange([...choices, choice]);
  }
  function drop({ active, over }: DragEndEvent): void {
    const from = choices.findIndex((choice) => choice.key === active.id);
    const to = choices.findIndex((choice) => choice.key === over?.id);
    if (from >= 0 && to >= 0) onChange(arrayMove([...choices], from, to));
  }
  const patch = (key: string, body: Partial<ChoiceDraft>) =>
    onChange(choices.map((choice) => (choice.key === key ? { ...choice, ...body } : choice)));

  return (
    <Fieldset legend={t('columns.options')} p="xs">
      <Stack gap="xs">
        {fromData && choices.length === 0 ? (
          <Text size="xs" c="dimmed">
            {t('columns.optionsFromValues')}
          </Text>
        ) : null}
        <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
          <SortableContext items={choices.map((choice) => choice.key)} strategy={verticalListSortingStrategy}>
            <Stack gap={4} mah={220} style={{ overflowY: 'auto' }}>
              {choices.map((choice) => (
                <ChoiceRow
                  key={choice.key}
                  choice={choice}
                  focused={choice.key === added}
                  twice={choices.some(
                    (other) => other.key !== choice.key && other.title.trim() === choice.title.trim(),
                  )}
                  onPatch={(body) => patch(choice.key, body)}
                  onRemove={() => onChange(choices.filter((other) => other.key !== choice.key))}
                  onEnter={add}
                />
              ))}
            </Stack>
          </SortableContext>
        </DndContext>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={add}
          style={{ alignSelf: 'flex-start' }}
        >
          {t('columns.addOption')}
        </Button>
      </Stack>
    </Fieldset>
  );
}
