import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useTables } from '../api/queries.ts';
import type { Base, TableSummary } from '../api/shapes.ts';
import { Confirm } from '../ui/Confirm.tsx';
import { notifyDone } from '../ui/notify.ts';
import { useBaseActions } from './actions.ts';
import { useRowCount } from './useRowCount.ts';

/** Leaves a page that is about to show something deleted. */
function useLeave() {
  const [address, navigate] = useLocation();
  return (gone: string, to: string): void => {
    if (address === gone || address.startsWith(`${gone}/`)) navigate(to, { replace: true });
  };
}

export function DeleteBase({ base, onClose }: { base: Base; onClose: () => void }) {
  const { t } = useTranslation();
  const leave = useLeave();
  const { deleteBase } = useBaseActions();
  const count = useTables(base.id).data?.length;
  return (
    <Confirm
      opened
      title={t('bases.deleteBase', { title: base.title })}
      action={t('common.delete')}
      typed={base.title}
      onClose={onClose}
      onConfirm={async () => {
        await deleteBase(base.id);
        leave(`/base/${base.id}`, '/');
        notifyDone(t('bases.deleted', { title: base.title }));
      }}
    >
      {t('bases.deleteBaseWarning', { count: count ?? 0 })}
    </Confirm>
  );
}

export function DeleteTable({ table, onClose }: { table: TableSummary; onClose: () => void }) {
  const { t } = useTranslation();
  const leave = useLeave();
  const { deleteTable } = useBaseActions();
  const count = useRowCount(table.id).data;
  return (
    <Confirm
      opened
      title={t('bases.deleteTable', { title: table.title })}
      action={t('common.delete')}
      onClose={onClose}
      onConfirm={async () => {
        leave(`/base/${table.base_id}/table/${table.id}`, `/base/${table.base_id}`);
        await deleteTable(table);
        notifyDone(t('bases.deleted', { title: table.title }));
      }}
    >
      {t('bases.deleteTableWarning', { count: count ?? 0 })}
    </Confirm>
  );
}
