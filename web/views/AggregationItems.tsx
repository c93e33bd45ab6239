import { Menu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { aggregationsOf } from './aggregations.ts';
import { useColumnChanges } from './useColumnChanges.ts';
import type { ShownColumn, ViewState } from './useView.ts';

/** What can be worked out over a column, and which of it is. */
export function AggregationItems({ state, shown }: { state: ViewState; shown: ShownColumn }) {
  const { t } = useTranslation();
  const changes = useColumnChanges(state.view?.id);
  const { column, aggregation, viewColumnId } = shown;
  const current = aggregation ?? 'none';
  return ['none', ...aggregationsOf(column)].map((each) => (
    <Menu.Item
      key={each}
      role="menuitemradio"
      aria-checked={current === each}
      rightSection={current === each ? <IconCheck size={14} aria-hidden /> : undefined}
      onClick={() => void changes.patch(viewColumnId, { aggregation: each === 'none' ? null : each })}
    >
      {t(`views.aggregations.${each}`)}
    </Menu.Item>
  ));
}
