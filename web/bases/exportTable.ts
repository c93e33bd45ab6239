import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { requestFile } from '../api/client.ts';
import type { TableSummary } from '../api/shapes.ts';
import { notifyError } from '../ui/notify.ts';
import { saveFile } from '../ui/saveFile.ts';

/** Characters that no file system takes. */
const forbidden = /[\\/:*?"<>|\p{Cc}]/gu;

/** Downloads all records of a table. */
export async function exportTable(table: TableSummary, format: 'csv' | 'xlsx'): Promise<void> {
  const id = notifications.show({
    message: i18next.t('bases.exporting', { title: table.title }),
    loading: true,
    autoClose: false,
    role: 'status',
  });
  try {
    const path = `/api/v1/db/data/noco/${table.base_id}/${table.id}/export/${format}`;
    saveFile(await requestFile(path), `${table.title.replace(forbidden, '_')}.${format}`);
  } catch (error) {
    notifyError(error);
  } finally {
    notifications.hide(id);
  }
}
