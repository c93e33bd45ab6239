import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMayInBase, useTables } from '../api/queries.ts';
import type { Base, TableSummary } from '../api/shapes.ts';
import { useBaseActions } from '../bases/actions.ts';
import { LoadError } from '../ui/LoadError.tsx';
import { SidebarTable } from './SidebarTable.tsx';
import { Sortable } from './Sortable.tsx';
import classes from './shell.module.css';

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
  const all: readonly TableSummary[] = tables.data ?? [];
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

  const sortable = mayBuild && shown === all;

  return (
    <Sortable things={shown} onPlace={actions.placeTable}>
      {(place) => (
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
      )}
    </Sortable>
  );
}
