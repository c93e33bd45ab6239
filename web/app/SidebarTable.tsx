import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useRoute } from 'wouter';
import type { TableSummary } from '../api/shapes.ts';
import { useBaseActions } from '../bases/actions.ts';
import { TableMenu } from '../bases/TableMenu.tsx';
import { ThingIcon } from '../bases/ThingIcon.tsx';
import { RenameField } from '../ui/RenameField.tsx';
import { useRenaming } from '../ui/useRenaming.ts';
import classes from './shell.module.css';
import { useGrip } from './useGrip.tsx';

interface SidebarTableProps {
  readonly table: TableSummary;
  readonly mayBuild: boolean;
  readonly sortable: boolean;
  readonly onUp: (() => void) | undefined;
  readonly onDown: (() => void) | undefined;
}

export function SidebarTable({ table, mayBuild, sortable, onUp, onDown }: SidebarTableProps) {
  const { t } = useTranslation();
  const address = `/base/${table.base_id}/table/${table.id}`;
  const [here] = useRoute(`${address}/*?`);
  const actions = useBaseActions();
  const { renaming, start, end, target } = useRenaming<HTMLAnchorElement>();
  const movable = useGrip(table, sortable && !renaming);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'F2' && mayBuild) start();
  }

  return (
    <li {...movable.item}>
      <div className={classes.row} data-active={here || undefined} {...movable.row}>
        {movable.grip}
        {renaming ? (
          <RenameField
            label={t('bases.newTitle')}
            value={table.title}
            onSave={(title) => actions.changeTable(table, { title })}
            onEnd={end}
          />
        ) : (
          <>
            <Link
              href={address}
              className={classes.link}
              ref={target}
              draggable={false}
              aria-current={here ? 'page' : undefined}
              onKeyDown={onKeyDown}
              onDoubleClick={() => mayBuild && start()}
            >
              <ThingIcon thing={table} kind="table" />
              <span className={classes.title} title={table.title}>
                {table.title}
              </span>
            </Link>
            <span className={classes.tools}>
              <TableMenu table={table} onRename={start} onUp={onUp} onDown={onDown} />
            </span>
          </>
        )}
      </div>
    </li>
  );
}
