import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { IconGripVertical } from '@tabler/icons-react';
import type { CSSProperties, HTMLAttributes, KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './shell.module.css';

/** What makes a row of the sidebar movable. */
export interface Movable {
  readonly item: { readonly ref: (element: HTMLElement | null) => void; readonly style: CSSProperties };
  /** For the row itself: a mouse or a finger drags it anywhere. */
  readonly row: HTMLAttributes<HTMLElement> & { readonly 'data-dragging'?: true | undefined };
  /** What keys take hold of. */
  readonly grip: ReactNode;
}

/** A row that can be moved within a Sortable. */
export function useGrip(thing: { readonly id: string; readonly title: string }, enabled: boolean): Movable {
  const { t } = useTranslation();
  const drag = useSortable({ id: thing.id, disabled: !enabled });
  const { onKeyDown, ...pointer } = drag.listeners ?? {};
  return {
    item: {
      ref: drag.setNodeRef,
      style: { transform: CSS.Translate.toString(drag.transform), transition: drag.transition ?? '' },
    },
    row: { 'data-dragging': drag.isDragging || undefined, ...(enabled ? pointer : {}) },
    grip: enabled ? (
      <button
        type="button"
        className={classes.grip}
        aria-label={t('app.move', { title: thing.title })}
        aria-describedby={drag.attributes['aria-describedby']}
        aria-pressed={drag.isDragging}
        ref={drag.setActivatorNodeRef}
        onKeyDown={onKeyDown as ((event: KeyboardEvent) => void) | undefined}
      >
        <IconGripVertical size={14} aria-hidden />
      </button>
    ) : (
      <span className={classes.grip} aria-hidden />
    ),
  };
}
