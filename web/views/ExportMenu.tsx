import { ActionIcon, Menu } from '@mantine/core';
import { IconDownload, IconFileTypeCsv, IconFileTypeXls } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { requestFile } from '../api/client.ts';
import { notifyError } from '../ui/notify.ts';
import { saveFile } from '../ui/saveFile.ts';
import type { ViewState } from './useView.ts';

/** Without the characters that no file system takes. */
const fileName = (title: string): string => title.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_');

/** The rows of the view, as it filters, searches and shows them, as a file. */
export function ExportMenu({ state }: { state: ViewState }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const { table, view, where } = state;

  async function save(format: 'csv' | 'xlsx'): Promise<void> {
    if (table === undefined || view === undefined) return;
    setBusy(true);
    try {
      const query = where === undefined ? '' : `?${new URLSearchParams({ where })}`;
      const path = `/api/v1/db/data/noco/${table.base_id}/${table.id}/views/${view.id}/export/${format}${query}`;
      saveFile(await requestFile(path), `${fileName(`${table.title} - ${view.title}`)}.${format}`);
    } catch (error) {
      notifyError(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          loading={busy}
          disabled={table === undefined}
          aria-label={t('views.export')}
          title={t('views.export')}
        >
          <IconDownload size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('views.exportHint')}</Menu.Label>
        <Menu.Item leftSection={<IconFileTypeCsv size={16} aria-hidden />} onClick={() => void save('csv')}>
          {t('views.exportCsv')}
        </Menu.Item>
        <Menu.Item leftSection={<IconFileTypeXls size={16} aria-hidden />} onClick={() => void save('xlsx')}>
          {t('views.exportExcel')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
