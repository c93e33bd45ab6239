import { ActionIcon, Menu } from '@mantine/core';
import { IconLineHeight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowHeight, rowHeights } from './rowHeight.ts';
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
        <Menu.RadioGroup
          value={state.rowHeight}
          onChange={(height) =>
            state.view !== undefined && void setRowHeight(state.view, height as RowHeight)
          }
        >
          {rowHeights.map((height) => (
            <Menu.RadioItem key={height} value={height} closeMenuOnClick>
              {t(`views.rowHeights.${height}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
