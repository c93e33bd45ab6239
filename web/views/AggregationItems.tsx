import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { aggregationsOf } from './aggregations.ts';
import { useColumnChanges } from './useColumnChanges.ts';
import type { ShownColumn, ViewState } from './useView.ts';

/** What can be worked out over a column, and which of it is. */
export function AggregationItems({ state, shown }: { state: ViewState; shown: ShownColumn }) {
  const { t } = useTranslation();
  const changes = useColumnChanges(state.view?.id);
  const { column, aggregation, viewColumnId } = shown;
  return (
    <Menu.RadioGroup
      value={aggregation ?? 'none'}
      onChange={(each) => void changes.patch(viewColumnId, { aggregation: each === 'none' ? null : each })}
    >
      {['none', ...aggregationsOf(column)].map((each) => (
        <Menu.RadioItem key={each} value={each} closeMenuOnClick>
          {t(`views.aggregations.${each}`)}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
