import { Group, ScrollArea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FooterCell } from './FooterCell.tsx';
import { useAggregates } from './useAggregates.ts';
import { useView } from './useView.ts';

/** Sums, counts and the like under the columns, over all rows of the view. */
export function Footer({ tableId, viewId }: { tableId: string; viewId: string | undefined }) {
  const { t } = useTranslation();
  const state = useView(tableId, viewId);
  const aggregates = useAggregates(state);
  return (
    <ScrollArea
      type="never"
      component="section"
      aria-label={t('views.footer')}
      style={{ borderTop: '1px solid var(--mantine-color-default-border)', flexShrink: 0 }}
    >
      <Group gap={0} wrap="nowrap" px="xs" mih={36}>
        {state.columns.map((shown) => (
          <FooterCell key={shown.column.id} state={state} shown={shown} answers={aggregates.data} />
        ))}
      </Group>
    </ScrollArea>
  );
}
