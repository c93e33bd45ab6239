import type { Announcements, ScreenReaderInstructions } from '@dnd-kit/core';
import { useTranslation } from 'react-i18next';

interface Accessibility {
  readonly announcements: Announcements;
  readonly screenReaderInstructions: ScreenReaderInstructions;
}

/** What a screen reader says while bases or tables are put in order. */
export function useDragWords(
  things: readonly { readonly id: string; readonly title: string }[],
): Accessibility {
  const { t } = useTranslation();
  const place = (id: unknown): number => things.findIndex((thing) => thing.id === id);
  const say = (key: string, id: unknown, overId: unknown = id): string =>
    t(key, { title: things[place(id)]?.title ?? '', place: place(overId) + 1, count: things.length });
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
