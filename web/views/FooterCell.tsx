import { Box, Menu, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AggregationItems } from './AggregationItems.tsx';
import classes from './footer.module.css';
import type { Aggregates } from './useAggregates.ts';
import { useAggregateText } from './useAggregateText.ts';
import type { ShownColumn, ViewState } from './useView.ts';

interface FooterCellProps {
  readonly state: ViewState;
  readonly shown: ShownColumn;
  readonly answers: Aggregates | undefined;
  /** Under its column: as wide as it, and without repeating its title. */
  readonly aligned?: boolean;
}

/** The aggregate of one column, and the menu that chooses it. */
export function FooterCell({ state, shown, answers, aligned = false }: FooterCellProps) {
  const { t } = useTranslation();
  const text = useAggregateText(shown, answers);
  const { column, aggregation } = shown;
  const word = aggregation === null ? null : t(`views.aggregations.${aggregation}`);
  const size = aligned ? { w: shown.width } : { maw: 320 };
  const content =
    word === null ? (
      <Text size="xs" c="dimmed" truncate className={classes.offer}>
        {state.readOnly ? '' : t('views.summarize')}
      </Text>
    ) : (
      <Text size="xs" truncate ta={aligned ? 'right' : 'left'}>
        <Text span size="xs" c="dimmed">
          {aligned ? word : `${column.title} · ${word}`}{' '}
        </Text>
        <Text span size="xs" fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
          {text}
        </Text>
      </Text>
    );
  if (state.readOnly) {
    return (
      <Box px="xs" py={8} {...size} style={{ flexShrink: 0 }}>
        {content}
      </Box>
    );
  }
  return (
    <Menu position="top-start" shadow="md" width={220} menuItemTabIndex={0}>
      <Menu.Target>
        <UnstyledButton
          className={classes.cell}
          px="xs"
          py={8}
          {...size}
          aria-label={
            word === null
              ? t('views.summarizeField', { title: column.title })
              : t('views.summaryOf', { title: column.title, summary: word, value: text })
          }
        >
          {content}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        <AggregationItems state={state} shown={shown} />
      </Menu.Dropdown>
    </Menu>
  );
}
