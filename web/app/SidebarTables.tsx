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
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMayInBase, useTables } from '../api/queries.ts';
import type { Base, TableSummary } from '../api/shapes.ts';
import { useBaseActions } from '../bases/actions.ts';
import { orderAt } from '../bases/placing.ts';
import { LoadError } from '../ui/LoadError.tsx';
import { notifyError } from '../ui/notify.ts';
import { SidebarTable } from './SidebarTable.tsx';
import classes from './shell.module.css';
import { useDragWords } from './useDragWords.ts';

interface SidebarTablesProps {
  readonly base: Base;
  readonly matches: ((title: string) => boolean) | undefined;
}

/** The tables of a base; creators put them in order by mouse, finger or keys. */
export function SidebarTables({ base, matches }: SidebarTablesProps) {
  const { t } = useTranslation();
  const tables = useTables(base.id);
  const mayBuild = useMayInBase(base.id, 'creator');
  const actions = useBaseActions();
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const all: readonly TableSummary[] = tables.data ?? [];
  const words = useDragWords(all);
  if (tables.isError) return <LoadError error={tables.error} onRetry={() => void tables.refetch()} />;
  if (tables.isPending) return null;
  const shown =
    matches === undefined || matches(base.title) ? all : all.filter((table) => matches(table.title));
  if (shown.length === 0)
    return (
      <Text size="xs" c="dimmed" py={6} ps={34}>
        {t('app.noTables')}
      </Text>
    );

  function place(from: number, to: number): void {
    const table = all[from];
    if (table === undefined || from === to || to < 0 || to >= all.length) return;
    const orders = all.map(({ order }) => order ?? 0);
    actions.placeTable(table, orderAt(orders, from, to)).catch((error: unknown) => notifyError(error));
  }
  const indexOf = (id: unknown): number => all.findIndex((table) => table.id === id);
  function onDragEnd({ active, over }: DragEndEvent): void {
    if (over !== null) place(indexOf(active.id), indexOf(over.id));
  }
  const sortable = mayBuild && shown === all;

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={words}
    >
      <SortableContext items={shown.map(({ id }) => id)} strategy={verticalListSortingStrategy}>
        <ul className={classes.tables}>
          {shown.map((table, index) => (
            <SidebarTable
              key={table.id}
              table={table}
              mayBuild={mayBuild}
              sortable={sortable}
              onUp={sortable && index > 0 ? () => place(index, index - 1) : undefined}
              onDown={sortable && index < shown.length - 1 ? () => place(index, index + 1) : undefined}
            />
          ))}
        </ul>
      </SortableContext>
    </DndContext>
  );
}
