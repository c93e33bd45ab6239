import type { Announcements, ScreenReaderInstructions } from '@dnd-kit/core';
import { useTranslation } from 'react-i18next';
import type { TableSummary } from '../api/shapes.ts';

interface Accessibility {
  readonly announcements: Announcements;
  readonly screenReaderInstructions: ScreenReaderInstructions;
}

/** What a screen reader says while tables are put in order. */
export function useDragWords(tables: readonly TableSummary[]): Accessibility {
  const { t } = useTranslation();
  const place = (id: unknown): number => tables.findIndex((table) => table.id === id);
  const say = (key: string, id: unknown, overId: unknown = id): string =>
    t(key, { title: tables[place(id)]?.title ?? '', place: place(overId) + 1, count: tables.length });
  return {
    screenReaderInstructions: { draggable: t('app.dragHint') },
    announcements: {
      onDragStart: ({ active }) => say('app.dragStarted', active.id),
      onDragOver: ({ active, over }) => (over === null ? undefined : say('app.dragOver', active.id, over.id)),
      onDragEnd: ({ active, over }) => say('app.dragEnded', active.id, over?.id ?? active.id),
      onDragCancel: ({ active }) => say('app.dragCancelled', active.id),
    },
  };
}
