import { lazy, memo, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../ui/Confirm.tsx';
import { ColumnMenu } from '../views/ColumnMenu.tsx';
import type { Field } from './field.ts';
import type { GridProps } from './Grid.tsx';
import { AddRowsDialog, RefusedPasteDialog } from './PasteDialogs.tsx';
import { RowMenu } from './RowMenu.tsx';
import type { GridActions } from './useGridActions.ts';

const RecordDrawer = lazy(() =>
  import('../record/RecordDrawer.tsx').then((module) => ({ default: module.RecordDrawer })),
);

interface DialogsProps extends GridProps {
  readonly fields: readonly Field[];
  readonly actions: GridActions;
  /** Back to the grid. */
  readonly onFocus: () => void;
}

const isClosed = ({ actions }: DialogsProps): boolean =>
  [actions.columnMenu, actions.rowMenu, actions.deleting, actions.expanded].every((open) => open === null) &&
  actions.paste.asking === null &&
  actions.paste.refusedPaste === null;

/** Menus, dialogs and the open record over the grid; untouched by every step through the cells while none is open. */
export const GridDialogs = memo(AllDialogs, (before, after) => isClosed(before) && isClosed(after));

function AllDialogs(props: DialogsProps) {
  const { t } = useTranslation();
  const { actions, table, state, model, total, mayEdit, onFocus } = props;
  const { columnMenu, paste, deleting, expanded } = actions;
  return (
    <>
      {columnMenu === null ? null : (
        <ColumnMenu
          tableId={table.id}
          viewId={state.view?.id}
          column={columnMenu.column}
          anchor={columnMenu.anchor}
          onClose={actions.closeColumnMenu}
        />
      )}
      <RowMenu actions={actions} mayEdit={mayEdit} onClosed={onFocus} />
      <AddRowsDialog
        asking={paste.asking}
        onClose={paste.close}
        onApply={(open, additions) => void paste.apply(open, additions)}
      />
      <RefusedPasteDialog plan={paste.refusedPaste} onClose={paste.close} />
      <Confirm
        opened={deleting !== null}
        title={t('grid.deleteTitle', { count: deleting?.length ?? 0 })}
        action={t('common.delete')}
        onClose={actions.cancelDelete}
        onConfirm={actions.confirmDelete}
      >
        {t('grid.deleteHint')}
      </Confirm>
      {expanded === null ? null : (
        <Suspense fallback={null}>
          <RecordDrawer
            table={table}
            state={state}
            model={model}
            commands={actions.commands}
            run={actions.run}
            row={expanded}
            total={total}
            mayEdit={mayEdit}
            onRow={actions.expand}
            onDuplicate={(row) => {
              actions.expand(null);
              actions.duplicateRow(row);
            }}
            onDelete={(row) => {
              actions.expand(null);
              actions.removeRow(row);
            }}
            onClose={() => {
              actions.expand(null);
              onFocus();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
