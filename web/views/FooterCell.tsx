import { Box, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { displayText } from '../grid/display.ts';
import { fieldOf } from '../grid/field.ts';
import { aggregationsOf, formOf } from './aggregations.ts';
import type { Aggregates } from './useAggregates.ts';
import { useColumnChanges } from './useColumnChanges.ts';
import type { ShownColumn, ViewState } from './useView.ts';

interface FooterCellProps {
  readonly state: ViewState;
  readonly shown: ShownColumn;
  readonly answers: Aggregates | undefined;
}

/** An aggregate in words and figures of the language. */
function useAggregateText({ column, aggregation }: ShownColumn, answers: Aggregates | undefined): string {
  const { t, i18n } = useTranslation();
  const locale = i18n.language;
  if (aggregation === null || answers === undefined || !(column.title in answers)) return '';
  const value = answers[column.title];
  if (value === null || value === undefined) return '–';
  const number = (options?: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, options).format(Number(value));
  switch (formOf(aggregation)) {
    case 'count':
      return number();
    case 'percent':
      return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(
        Number(value) / 100,
      );
    case 'days':
      return t('views.days_count', { count: Number(value) });
    case 'months':
      return t('views.months_count', { count: Number(value) });
    default: {
      // an average of whole numbers has fractions that its cells have not
      const fractions = aggregation === 'avg' || aggregation === 'median' || aggregation === 'std_dev';
      const whole = column.uidt === 'Number' || column.uidt === 'Rating' || column.uidt === 'Year';
      if (fractions && whole) return number({ maximumFractionDigits: 2 });
      if (fractions && column.uidt === 'Duration')
        return displayText(fieldOf(column), Math.round(Number(value)), locale);
      if (fractions && column.uidt === 'Decimal') return number({ maximumFractionDigits: 4 });
      return displayText(fieldOf(column), value, locale);
    }
  }
}

/** The aggregate of one column, and the menu that chooses it. */
export function FooterCell({ state, shown, answers }: FooterCellProps) {
  const { t } = useTranslation();
  const changes = useColumnChanges(state.view?.id);
  const text = useAggregateText(shown, answers);
  const { column, aggregation, viewColumnId } = shown;
  const word = aggregation === null ? null : t(`views.aggregations.${aggregation}`);
  const content =
    word === null ? (
      <Text size="xs" c="dimmed" truncate>
        {state.readOnly ? column.title : `${column.title} · ${t('views.summarize')}`}
      </Text>
    ) : (
      <Text size="xs" truncate>
        <Text span size="xs" c="dimmed">
          {column.title} · {word}{' '}
        </Text>
        <Text span size="xs" fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
          {text}
        </Text>
      </Text>
    );
  if (state.readOnly) {
    return word === null ? null : (
      <Box px="xs" maw={280} style={{ flexShrink: 0 }}>
        {content}
      </Box>
    );
  }
  return (
    <Menu position="top-start" shadow="md" width={220}>
      <Menu.Target>
        <UnstyledButton
          px="xs"
          py={8}
          maw={280}
          style={{ flexShrink: 0 }}
          aria-label={t('views.summaryOf', { title: column.title, summary: word ?? '', value: text })}
        >
          {content}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {['none', ...aggregationsOf(column)].map((each) => (
          <Menu.Item
            key={each}
            role="menuitemradio"
            aria-checked={(aggregation ?? 'none') === each}
            rightSection={(aggregation ?? 'none') === each ? <IconCheck size={14} aria-hidden /> : undefined}
            onClick={() => void changes.patch(viewColumnId, { aggregation: each === 'none' ? null : each })}
          >
            {t(`views.aggregations.${each}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
