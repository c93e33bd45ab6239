import { ActionIcon, Menu } from '@mantine/core';
import { IconCheck, IconLineHeight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { rowHeights } from './rowHeight.ts';
import type { ViewState } from './useView.ts';
import { useViewActions } from './useViewActions.ts';

/** How tall rows are. */
export function RowHeightMenu({ state }: { state: ViewState }) {
  const { t } = useTranslation();
  const { setRowHeight } = useViewActions(state.table);
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('views.rowHeight')}
          title={t('views.rowHeight')}
          disabled={state.readOnly}
        >
          <IconLineHeight size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('views.rowHeight')}</Menu.Label>
        {rowHeights.map((height) => (
          <Menu.Item
            key={height}
            role="menuitemradio"
            aria-checked={state.rowHeight === height}
            rightSection={state.rowHeight === height ? <IconCheck size={14} aria-hidden /> : undefined}
            onClick={() => state.view !== undefined && void setRowHeight(state.view, height)}
          >
            {t(`views.rowHeights.${height}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
