import { ActionIcon, Collapse, Tooltip } from '@mantine/core';
import { IconChevronRight, IconPlus } from '@tabler/icons-react';
import { type KeyboardEvent, lazy, Suspense, useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useRoute } from 'wouter';
import { useMayInBase } from '../api/queries.ts';
import type { Base } from '../api/shapes.ts';
import { useBaseActions } from '../bases/actions.ts';
import { BaseMenu } from '../bases/BaseMenu.tsx';
import { openDialog } from '../bases/dialogs.ts';
import { ThingIcon } from '../bases/ThingIcon.tsx';
import { RenameField } from '../ui/RenameField.tsx';
import { useRenaming } from '../ui/useRenaming.ts';
import { setBaseOpen, useOpenBases } from './openBases.ts';
import classes from './shell.module.css';
import type { Movable } from './useGrip.tsx';

// With what it takes to drag: not needed for the first screen.
const SidebarTables = lazy(() =>
  import('./SidebarTables.tsx').then((module) => ({ default: module.SidebarTables })),
);

interface SidebarBaseProps {
  readonly base: Base;
  /** Set while searching: what the titles must match. */
  readonly matches: ((title: string) => boolean) | undefined;
  /** Missing where bases keep their order. */
  readonly movable?: Movable;
  readonly onUp?: (() => void) | undefined;
  readonly onDown?: (() => void) | undefined;
}

function CreateTableButton({ baseId }: { baseId: string }) {
  const { t } = useTranslation();
  if (!useMayInBase(baseId, 'creator')) return null;
  return (
    <Tooltip label={t('bases.createTable')} openDelay={400}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={t('bases.createTable')}
        onClick={() => openDialog({ kind: 'createTable', baseId })}
      >
        <IconPlus size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

/** A base in the sidebar; opened, it shows its tables. */
export function SidebarBase({ base, matches, movable, onUp, onDown }: SidebarBaseProps) {
  const { t } = useTranslation();
  const [inside] = useRoute(`/base/${base.id}/*?`);
  const [here] = useRoute(`/base/${base.id}`);
  const chosen = useOpenBases(({ open }) => open.has(base.id));
  const open = chosen || matches !== undefined;
  const mayRename = useMayInBase(open ? base.id : undefined, 'creator');
  const actions = useBaseActions();
  const { renaming, start, end, target } = useRenaming<HTMLAnchorElement>();
  const list = useId();

  useEffect(() => {
    if (inside) setBaseOpen(base.id, true);
  }, [inside, base.id]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'F2' && mayRename) start();
    if (event.key === 'ArrowRight') setBaseOpen(base.id, true);
    if (event.key === 'ArrowLeft') setBaseOpen(base.id, false);
  }

  return (
    <li {...movable?.item}>
      <div className={classes.row} data-active={here || undefined} {...(renaming ? {} : movable?.row)}>
        {movable?.grip ?? <span className={classes.grip} aria-hidden />}
        <ActionIcon
          variant="transparent"
          color="gray"
          size="sm"
          aria-label={t(open ? 'app.closeBase' : 'app.openBase', { title: base.title })}
          aria-expanded={open}
          aria-controls={list}
          onClick={() => setBaseOpen(base.id, !chosen)}
        >
          <IconChevronRight size={14} className={classes.chevron} data-open={open || undefined} aria-hidden />
        </ActionIcon>
        {renaming ? (
          <RenameField
            label={t('bases.newTitle')}
            value={base.title}
            maxLength={50}
            onSave={(title) => actions.changeBase(base.id, { title })}
            onEnd={end}
          />
        ) : (
          <>
            <Link
              href={`/base/${base.id}`}
              className={classes.link}
              ref={target}
              draggable={false}
              aria-current={here ? 'page' : undefined}
              onKeyDown={onKeyDown}
              onDoubleClick={() => mayRename && start()}
            >
              <ThingIcon thing={base} kind="base" />
              <span className={classes.title} title={base.title}>
                {base.title}
              </span>
            </Link>
            <span className={classes.tools}>
              {open ? <CreateTableButton baseId={base.id} /> : null}
              <BaseMenu base={base} onRename={start} onUp={onUp} onDown={onDown} />
            </span>
          </>
        )}
      </div>
      <Collapse expanded={open} id={list}>
        <Suspense>{open ? <SidebarTables base={base} matches={matches} /> : null}</Suspense>
      </Collapse>
    </li>
  );
}
