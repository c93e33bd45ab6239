import { Menu } from '@mantine/core';
import { IconArrowsDiagonal, IconCopy, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GridActions } from './useGridActions.ts';

/** What can be done with a row, where it was clicked. */
export function RowMenu({
  actions,
  mayEdit,
  onClosed,
}: {
  actions: GridActions;
  mayEdit: boolean;
  onClosed: () => void;
}) {
  const { t } = useTranslation();
  const { rowMenu } = actions;
  if (rowMenu === null) return null;
  const { row, x, y } = rowMenu;
  function close(): void {
    actions.closeRowMenu();
    onClosed();
  }
  return (
    <Menu
      opened
      onClose={close}
      position="bottom-start"
      shadow="md"
      width={220}
      trapFocus
      returnFocus={false}
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label={t('grid.rowMenu')}
          style={{
            position: 'fixed',
            left: x,
            top: y,
            width: 1,
            height: 1,
            padding: 0,
            opacity: 0,
            pointerEvents: 'none',
          }}
        />
      </Menu.Target>
      <Menu.Dropdown aria-label={t('grid.rowMenu')}>
        <Menu.Item
          leftSection={<IconArrowsDiagonal size={16} aria-hidden />}
          onClick={() => actions.expand(row)}
        >
          {t('grid.expand')}
        </Menu.Item>
        {mayEdit ? (
          <>
            <Menu.Item
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => void actions.addAndShow()}
            >
              {t('grid.newRow')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconCopy size={16} aria-hidden />}
              onClick={() => actions.duplicateRow(row)}
            >
              {t('grid.duplicateRow')}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => actions.removeRow(row)}
            >
              {t('grid.deleteRow')}
            </Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
