import { Box, Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { type UIEvent, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useMayInBase } from '../api/queries.ts';
import type { Table } from '../api/shapes.ts';
import { LoadError } from '../ui/LoadError.tsx';
import { useShortcuts } from '../ui/shortcuts.ts';
import { useAfter } from '../ui/useAfter.ts';
import { usePageTitle } from '../ui/usePageTitle.ts';
import { Footer } from '../views/Footer.tsx';
import { Groups } from '../views/Groups.tsx';
import { Toolbar } from '../views/Toolbar.tsx';
import { useView, type ViewState } from '../views/useView.ts';
import { ViewTabs } from '../views/ViewTabs.tsx';
import { EmptyRows } from './EmptyRows.tsx';
import { fieldOf } from './field.ts';
import classes from './Grid.module.css';
import { Grid, markerWidth } from './Grid.tsx';
import { preloadEditor } from './preloadEditor.ts';
import { gridShortcuts } from './shortcuts.ts';
import { useGridTheme } from './useGridTheme.ts';
import { useLiveTable } from './useLiveTable.ts';
import { useLocale } from './useLocale.ts';
import { useMembers } from './useMembers.ts';
import { useFailure, useModel, useTotal } from './useModel.ts';

/** Lines where rows will be. */
function Waiting() {
  const { t } = useTranslation();
  if (!useAfter(true)) return null;
  return (
    <Stack gap={10} p="md" role="status" aria-label={t('common.loading')}>
      {Array.from({ length: 12 }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <Skeleton key={i} height={22} />
      ))}
    </Stack>
  );
}

function Rows({ table, state }: { table: Table; state: ViewState }) {
  const { t } = useTranslation();
  const theme = useGridTheme();
  const locale = useLocale();
  const mayEdit =
    useMayInBase(table.base_id, 'editor') &&
    table.columns.some((column) => column.pk && column.readonly !== true);
  const mayAlter = useMayInBase(table.base_id, 'creator');
  const namesPeople = table.columns.some((column) => fieldOf(column).type.json === 'people');
  const people = useMembers(table.base_id, namesPeople);
  const model = useModel(table, state, people);
  const total = useTotal(model);
  const failure = useFailure(model);
  useShortcuts('grid.shortcuts.title', gridShortcuts);
  const hasKey = table.columns.some((column) => column.pk);

  if (total === undefined && failure !== undefined)
    return <LoadError error={failure} onRetry={() => model.blocks.renew()} />;
  if (total === undefined || theme === undefined) return <Waiting />;
  return (
    <>
      {failure === undefined ? null : <LoadError error={failure} onRetry={() => model.blocks.renew()} />}
      {total === 0 && !mayEdit ? <EmptyRows state={state} mayEdit={mayEdit} /> : null}
      <Grid
        table={table}
        state={state}
        model={model}
        total={total}
        theme={theme}
        locale={locale}
        mayEdit={mayEdit}
        mayAlter={mayAlter}
        onReadOnly={() =>
          notifications.show({
            id: 'grid-read-only',
            message: t(hasKey ? 'grid.readOnly' : 'grid.noKey'),
            role: 'status',
          })
        }
      />
      {total === 0 && mayEdit ? <EmptyRows state={state} mayEdit={mayEdit} /> : null}
    </>
  );
}

/** The summaries move with the columns, without drawing anything again. */
function keepFooterUnderColumns(event: UIEvent<HTMLDivElement>): void {
  const { target, currentTarget } = event;
  if (target instanceof HTMLElement && target.classList.contains('dvn-scroller'))
    currentTarget.style.setProperty('--grid-left', `${target.scrollLeft}px`);
}

/** Scrolls the columns until a summary that took the focus is in sight. */
function revealColumn(cell: { readonly left: number; readonly right: number; readonly width: number }): void {
  const scroller = document.querySelector('.dvn-scroller');
  if (scroller === null) return;
  scroller.scrollLeft = Math.min(Math.max(scroller.scrollLeft, cell.right - cell.width), cell.left);
}

/** A table: its views, what can be done with them, and the rows. */
export function TablePage({
  baseId,
  tableId,
  viewId,
}: {
  baseId: string;
  tableId: string;
  viewId: string | undefined;
}) {
  const { t } = useTranslation();
  const state = useView(tableId, viewId);
  usePageTitle(state.table?.title);
  useLiveTable(baseId, tableId);
  useEffect(() => {
    // Fast typing right after loading must not be lost to a chunk on its way.
    void preloadEditor();
  }, []);
  const wide = useMediaQuery('(min-width: 62em)') ?? true;
  const aligned = wide && state.groupBy.length === 0;
  if (state.status === 'error') return <LoadError error={state.error} onRetry={state.retry} />;
  return (
    <Box className={classes.page} onScrollCapture={keepFooterUnderColumns}>
      <VisuallyHidden component="h1">{state.table?.title ?? t('common.loading')}</VisuallyHidden>
      <ViewTabs tableId={tableId} viewId={viewId} />
      <Toolbar tableId={tableId} viewId={viewId} />
      <Box className={classes.rows}>
        {state.table === undefined || state.status === 'pending' ? (
          <Waiting />
        ) : (
          <Groups tableId={tableId} viewId={viewId}>
            <Rows table={state.table} state={state} />
          </Groups>
        )}
      </Box>
      <Footer
        tableId={tableId}
        viewId={viewId}
        {...(aligned ? { scroll: { offset: markerWidth, left: 0, onReveal: revealColumn } } : {})}
      />
    </Box>
  );
}
