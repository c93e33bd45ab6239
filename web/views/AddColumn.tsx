import { ActionIcon } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMayInBase, useTable } from '../api/queries.ts';
import { ColumnForm } from './columns/ColumnForm.tsx';
import { useColumnActions } from './columns/useColumnActions.ts';

/** The dialog alone, for who has a button of their own. */
export function AddColumnDialog({ tableId, onClose }: { tableId: string; onClose: () => void }) {
  const table = useTable(tableId).data;
  const actions = useColumnActions(table ?? { id: tableId, base_id: '', columns: [] });
  return <ColumnForm onClose={onClose} onSave={(body) => actions.add(body)} />;
}

/** Adds a field to a table; creators only. */
export function AddColumn({ tableId }: { tableId: string }) {
  const { t } = useTranslation();
  const table = useTable(tableId).data;
  const isCreator = useMayInBase(table?.base_id, 'creator');
  const [opened, setOpened] = useState(false);
  if (!isCreator) return null;
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('columns.add')}
        title={t('columns.add')}
        onClick={() => setOpened(true)}
      >
        <IconPlus size={16} aria-hidden />
      </ActionIcon>
      {opened ? <AddColumnDialog tableId={tableId} onClose={() => setOpened(false)} /> : null}
    </>
  );
}
