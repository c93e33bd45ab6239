import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconCopy,
  IconDots,
  IconFileImport,
  IconFileTypeCsv,
  IconFileTypeXls,
  IconPalette,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMayInBase } from '../api/queries.ts';
import type { TableSummary } from '../api/shapes.ts';
import { openImport } from '../imports/importing.ts';
import { openDialog } from './dialogs.ts';
import { exportTable } from './exportTable.ts';
import { useDuplicate } from './useDuplicate.ts';

interface TableMenuProps {
  readonly table: TableSummary;
  readonly onRename?: (() => void) | undefined;
  /** Moves it among its neighbours; missing where that is not possible. */
  readonly onUp?: (() => void) | undefined;
  readonly onDown?: (() => void) | undefined;
}

const icon = { size: 16, 'aria-hidden': true } as const;

function BuildItems({ table, onRename, onUp, onDown }: TableMenuProps) {
  const { t } = useTranslation();
  const duplicate = useDuplicate();
  const rename = onRename ?? (() => openDialog({ kind: 'renameTable', table }));
  return (
    <>
      <Menu.Item leftSection={<IconPencil {...icon} />} onClick={rename}>
        {t('common.rename')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconPalette {...icon} />}
        onClick={() => openDialog({ kind: 'tableLook', table })}
      >
        {t('bases.look')}
      </Menu.Item>
      <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => void duplicate.table(table)}>
        {t('common.duplicate')}
      </Menu.Item>
      {onUp === undefined ? null : (
        <Menu.Item leftSection={<IconArrowUp {...icon} />} onClick={onUp}>
          {t('bases.moveUp')}
        </Menu.Item>
      )}
      {onDown === undefined ? null : (
        <Menu.Item leftSection={<IconArrowDown {...icon} />} onClick={onDown}>
          {t('bases.moveDown')}
        </Menu.Item>
      )}
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconFileImport {...icon} />}
        onClick={() => openImport({ baseId: table.base_id, tableId: table.id })}
      >
        {t('bases.importRows')}
      </Menu.Item>
    </>
  );
}

function Items(props: TableMenuProps) {
  const { table } = props;
  const { t } = useTranslation();
  const mayBuild = useMayInBase(table.base_id, 'creator');
  return (
    <>
      {mayBuild ? <BuildItems {...props} /> : null}
      <Menu.Item leftSection={<IconFileTypeCsv {...icon} />} onClick={() => void exportTable(table, 'csv')}>
        {t('bases.exportCsv')}
      </Menu.Item>
      <Menu.Item leftSection={<IconFileTypeXls {...icon} />} onClick={() => void exportTable(table, 'xlsx')}>
        {t('bases.exportExcel')}
      </Menu.Item>
      {mayBuild ? (
        <>
          <Menu.Divider />
          <Menu.Item
            c="var(--mantine-color-error)"
            leftSection={<IconTrash {...icon} />}
            onClick={() => openDialog({ kind: 'deleteTable', table })}
          >
            {t('common.delete')}
          </Menu.Item>
        </>
      ) : null}
    </>
  );
}

/** The … of a table. */
export function TableMenu(props: TableMenuProps) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-start" width={240} withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('bases.menuOf', { title: props.table.title })}
        >
          <IconDots {...icon} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Items {...props} />
      </Menu.Dropdown>
    </Menu>
  );
}
