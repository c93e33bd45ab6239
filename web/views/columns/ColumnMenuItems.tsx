import { Menu, Text } from '@mantine/core';
import {
  IconColumnInsertLeft,
  IconColumnInsertRight,
  IconCopy,
  IconEyeOff,
  IconFilter,
  IconKey,
  IconPencil,
  IconSortAscending,
  IconSortDescending,
  IconStack2,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMayInBase } from '../../api/queries.ts';
import type { Column } from '../../api/shapes.ts';
import { notifyError } from '../../ui/notify.ts';
import { TypeIcon } from '../../ui/TypeIcon.tsx';
import type { ColumnDialog } from '../ColumnMenu.tsx';
import { isGroupable } from '../groups.ts';
import { useColumnChanges } from '../useColumnChanges.ts';
import { useFilterChanges } from '../useFilterChanges.ts';
import { usePanel } from '../usePanel.ts';
import { useSortChanges } from '../useSortChanges.ts';
import type { ViewState } from '../useView.ts';
import { FreezeItem } from './FreezeItem.tsx';
import type { useColumnActions } from './useColumnActions.ts';

interface ItemsProps {
  readonly state: ViewState;
  readonly column: Column;
  readonly actions: ReturnType<typeof useColumnActions>;
  readonly onDialog: (dialog: ColumnDialog) => void;
  readonly onDone: () => void;
}

const icon = { size: 16, 'aria-hidden': true } as const;

/** What creators do to the field itself. */
function FieldItems({ state, column, actions, onDialog, onDone }: ItemsProps) {
  const { t } = useTranslation();
  const isCreator = useMayInBase(state.table?.base_id, 'creator');
  if (!isCreator) return null;
  const run = (work: Promise<unknown>): void => {
    work.catch(notifyError);
    onDone();
  };
  return (
    <>
      <Menu.Item
        closeMenuOnClick={false}
        leftSection={<IconPencil {...icon} />}
        onClick={() => onDialog('edit')}
      >
        {t('columns.edit')}
      </Menu.Item>
      {column.pk || column.system ? null : (
        <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => run(actions.duplicate(column.id))}>
          {t('common.duplicate')}
        </Menu.Item>
      )}
      {column.pv || column.system ? null : (
        <Menu.Item leftSection={<IconKey {...icon} />} onClick={() => run(actions.setDisplay(column))}>
          {t('columns.setDisplay')}
        </Menu.Item>
      )}
      <Menu.Divider />
      <Menu.Item
        closeMenuOnClick={false}
        leftSection={<IconColumnInsertLeft {...icon} />}
        onClick={() => onDialog('insertLeft')}
      >
        {t('columns.insertLeft')}
      </Menu.Item>
      <Menu.Item
        closeMenuOnClick={false}
        leftSection={<IconColumnInsertRight {...icon} />}
        onClick={() => onDialog('insertRight')}
      >
        {t('columns.insertRight')}
      </Menu.Item>
      <Menu.Divider />
    </>
  );
}

/** What the view does with the field. */
function ViewItems({ state, column, onDone }: ItemsProps) {
  const { t } = useTranslation();
  const show = usePanel((panels) => panels.show);
  const columns = useColumnChanges(state.view?.id);
  const sorts = useSortChanges(state.view?.id);
  const filters = useFilterChanges(state.view?.id);
  const shown = state.allColumns.find((each) => each.column.id === column.id);
  const sort = state.sorts.find((each) => each.fk_column_id === column.id);
  const logic = state.filters.filter((filter) => !filter.fk_parent_id)[1]?.logical_op ?? 'and';
  const sortBy = (direction: 'asc' | 'desc'): void => {
    void (sort === undefined ? sorts.add(column.id, direction) : sorts.patch(sort.id, { direction }));
    onDone();
  };
  return (
    <>
      {column.uidt === 'JSON' ? null : (
        <>
          <Menu.Item leftSection={<IconSortAscending {...icon} />} onClick={() => sortBy('asc')}>
            {t('columns.sortAscending')}
          </Menu.Item>
          <Menu.Item leftSection={<IconSortDescending {...icon} />} onClick={() => sortBy('desc')}>
            {t('columns.sortDescending')}
          </Menu.Item>
        </>
      )}
      {column.uidt === 'Order' ? null : (
        <Menu.Item
          leftSection={<IconFilter {...icon} />}
          onClick={() => {
            void filters.add(column, null, logic).then(() => show('filter'));
            onDone();
          }}
        >
          {t('columns.filterBy')}
        </Menu.Item>
      )}
      {isGroupable(column) && shown !== undefined ? (
        <Menu.Item
          leftSection={<IconStack2 {...icon} />}
          onClick={() => {
            const order = state.groupBy.length + 1;
            void columns.patch(shown.viewColumnId, {
              group_by: true,
              group_by_order: order,
              group_by_sort: 'asc',
            });
            onDone();
          }}
        >
          {t('columns.groupBy')}
        </Menu.Item>
      ) : null}
      <FreezeItem state={state} column={column} onDone={onDone} />
      {column.pv || shown === undefined ? null : (
        <Menu.Item
          leftSection={<IconEyeOff {...icon} />}
          onClick={() => {
            void columns.patch(shown.viewColumnId, { show: false });
            onDone();
          }}
        >
          {t('columns.hide')}
        </Menu.Item>
      )}
    </>
  );
}

/** The lines of a column's menu, as far as the person may use them. */
export function ColumnMenuItems(props: ItemsProps) {
  const { t } = useTranslation();
  const { state, column, onDialog } = props;
  const isCreator = useMayInBase(state.table?.base_id, 'creator');
  return (
    <>
      <Menu.Label>
        <TypeIcon type={column.uidt} size={14} />{' '}
        {t(`columns.types.${column.uidt}`, { defaultValue: column.uidt })}
        {column.description === null || column.description === '' ? null : (
          <Text size="xs" mt={4} style={{ whiteSpace: 'pre-wrap' }}>
            {column.description}
          </Text>
        )}
      </Menu.Label>
      <FieldItems {...props} />
      {state.readOnly ? (
        <Text size="xs" c="dimmed" px="sm" py={4} maw={240}>
          {t(`views.readOnly.${state.readOnlyReason ?? 'role'}`)}
        </Text>
      ) : (
        <ViewItems {...props} />
      )}
      {isCreator && !column.pk && !column.system ? (
        <>
          <Menu.Divider />
          <Menu.Item
            color="red"
            closeMenuOnClick={false}
            leftSection={<IconTrash {...icon} />}
            disabled={column.pv}
            onClick={() => onDialog('delete')}
          >
            {t('columns.delete')}
          </Menu.Item>
        </>
      ) : null}
    </>
  );
}
