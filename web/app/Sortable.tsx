import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable';
import type { ReactNode } from 'react';
import { orderAt } from '../bases/placing.ts';
import { notifyError } from '../ui/notify.ts';
import { useDragWords } from './useDragWords.ts';

interface Placed {
  readonly id: string;
  readonly title: string;
  readonly order: number | null;
}

interface SortableProps<T extends Placed> {
  readonly things: readonly T[];
  /** Stores a thing's new place: an order between those of its new neighbours. */
  readonly onPlace: (thing: T, order: number) => Promise<void>;
  readonly children: (place: (from: number, to: number) => void) => ReactNode;
}

/** A list that people put in order by mouse, finger or keys; its items call useGrip. */
export function Sortable<T extends Placed>({ things, onPlace, children }: SortableProps<T>) {
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const words = useDragWords(things);

  function place(from: number, to: number): void {
    const thing = things[from];
    if (thing === undefined || from === to || to < 0 || to >= things.length) return;
    const orders = things.map(({ order }) => order ?? 0);
    onPlace(thing, orderAt(orders, from, to)).catch((error: unknown) => notifyError(error));
  }
  const indexOf = (id: unknown): number => things.findIndex((thing) => thing.id === id);
  function onDragEnd({ active, over }: DragEndEvent): void {
    if (over !== null) place(indexOf(active.id), indexOf(over.id));
  }

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={words}
    >
      <SortableContext items={things.map(({ id }) => id)} strategy={verticalListSortingStrategy}>
        {children(place)}
      </SortableContext>
    </DndContext>
  );
}
