import { Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../api/shapes.ts';
import { Confirm } from '../ui/Confirm.tsx';
import { ColumnForm } from './columns/ColumnForm.tsx';
import { ColumnMenuItems } from './columns/ColumnMenuItems.tsx';
import { useColumnActions } from './columns/useColumnActions.ts';
import { useView } from './useView.ts';

export interface ColumnMenuProps {
  readonly tableId: string;
  readonly viewId: string | undefined;
  readonly column: Column;
  /** The head of the column on the screen; a DOMRect will do. */
  readonly anchor: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
  /** After the menu, or the dialog it led to, is closed: the focus goes back to the grid. */
  readonly onClose: () => void;
}

export type ColumnDialog = 'menu' | 'edit' | 'insertLeft' | 'insertRight' | 'delete';

/** What can be done with a column, opened at its head. */
export function ColumnMenu({ tableId, viewId, column, anchor, onClose }: ColumnMenuProps) {
  const { t } = useTranslation();
  const state = useView(tableId, viewId);
  const [dialog, setDialog] = useState<ColumnDialog>('menu');
  const actions = useColumnActions(state.table ?? { id: tableId, base_id: '', columns: [] });

  if (dialog === 'edit') {
    return (
      <ColumnForm column={column} onClose={onClose} onSave={(body) => actions.change(column.id, body)} />
    );
  }
  if (dialog === 'insertLeft' || dialog === 'insertRight') {
    const side = dialog === 'insertLeft' ? 'left' : 'right';
    // in a locked view the new field goes to the end
    const beside =
      state.view === undefined || state.readOnly
        ? undefined
        : { viewId: state.view.id, columnId: column.id, side: side as 'left' | 'right' };
    return <ColumnForm onClose={onClose} onSave={(body) => actions.add(body, beside)} />;
  }
  if (dialog === 'delete') {
    return (
      <Confirm
        opened
        title={t('columns.deleteTitle', { title: column.title })}
        action={t('common.delete')}
        onClose={onClose}
        onConfirm={() => actions.remove(column.id)}
      >
        {t('columns.deleteHint')}
      </Confirm>
    );
  }
  return (
    <Menu
      opened
      onClose={onClose}
      position="bottom-start"
      shadow="md"
      width={250}
      trapFocus
      returnFocus={false}
      menuItemTabIndex={0}
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label={t('columns.menuOf', { title: column.title })}
          style={{
            position: 'fixed',
            left: anchor.x,
            top: anchor.y,
            width: anchor.width,
            height: anchor.height,
            padding: 0,
            opacity: 0,
            pointerEvents: 'none',
          }}
        />
      </Menu.Target>
      <Menu.Dropdown
        aria-label={t('columns.menuOf', { title: column.title })}
        mah="80dvh"
        style={{ overflowY: 'auto' }}
      >
        <ColumnMenuItems
          state={state}
          column={column}
          actions={actions}
          onDialog={setDialog}
          onDone={onClose}
        />
      </Menu.Dropdown>
    </Menu>
  );
}
