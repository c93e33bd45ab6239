import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Base, TableSummary } from '../api/shapes.ts';
import { notifyDone, notifyError } from '../ui/notify.ts';
import { useBaseActions } from './actions.ts';

/** Copies a base or table; says that it is under way and when it is done. */
export function useDuplicate() {
  const { t } = useTranslation();
  const actions = useBaseActions();
  const [, navigate] = useLocation();

  async function tell(title: string, work: () => Promise<void>): Promise<void> {
    const id = notifications.show({
      message: t('bases.duplicating', { title }),
      loading: true,
      autoClose: false,
      withCloseButton: false,
      role: 'status',
    });
    try {
      await work();
      notifyDone(t('bases.duplicated', { title }));
    } catch (error) {
      notifyError(error);
    } finally {
      notifications.hide(id);
    }
  }

  return {
    base: (base: Base) =>
      tell(base.title, async () => navigate(`/base/${await actions.duplicateBase(base.id)}`)),
    table: (table: TableSummary) => tell(table.title, () => actions.duplicateTable(table)),
  };
}
