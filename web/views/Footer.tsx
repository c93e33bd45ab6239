import { Box, Group, ScrollArea } from '@mantine/core';
import type { FocusEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { FooterCell } from './FooterCell.tsx';
import { SummarizeMenu } from './SummarizeMenu.tsx';
import { useAggregates } from './useAggregates.ts';
import { useView, type ViewState } from './useView.ts';

/** Where the grid above stands, so that each summary stands under its column. */
export interface GridScroll {
  /** What is left of the first column: row numbers and the like. */
  readonly offset: number;
  /** How far the columns that are not frozen have been scrolled. */
  readonly left: number;
  /** A cell took the focus: the columns scroll until all of it is inside `width`. */
  readonly onReveal?: (cell: {
    readonly left: number;
    readonly right: number;
    readonly width: number;
  }) => void;
}

/** Cells out of sight can be reached by key: the grid follows, and the footer with it. */
function reveal(event: FocusEvent<HTMLDivElement>, { onReveal }: GridScroll): void {
  const { target, currentTarget } = event;
  const left = target.offsetLeft;
  onReveal?.({ left, right: left + target.offsetWidth, width: currentTarget.clientWidth });
}

interface FooterProps {
  readonly tableId: string;
  readonly viewId: string | undefined;
  /** Without it the summaries stand in a row of their own. */
  readonly scroll?: GridScroll;
}

function AlignedCells({
  state,
  scroll,
  answers,
}: {
  state: ViewState;
  scroll: GridScroll;
  answers: Answers;
}) {
  const frozen = state.columns.slice(0, state.frozen);
  const others = state.columns.slice(state.frozen);
  const row = { display: 'flex', flexShrink: 0 } as const;
  return (
    <Box style={{ display: 'flex', overflow: 'clip' }} mih={36}>
      <Box w={scroll.offset} style={{ flexShrink: 0 }} />
      <Box style={row}>
        {frozen.map((shown) => (
          <FooterCell key={shown.column.id} state={state} shown={shown} answers={answers} aligned />
        ))}
      </Box>
      <Box flex={1} miw={0} style={{ overflow: 'clip' }} onFocus={(event) => reveal(event, scroll)}>
        <Box
          style={{
            ...row,
            position: 'relative',
            width: 'max-content',
            transform: `translateX(calc(${-scroll.left}px - var(--grid-left, 0px)))`,
          }}
        >
          {others.map((shown) => (
            <FooterCell key={shown.column.id} state={state} shown={shown} answers={answers} aligned />
          ))}
        </Box>
      </Box>
    </Box>
  );
}

type Answers = ReturnType<typeof useAggregates>['data'];

/** Sums, counts and the like under the columns, over all rows of the view. */
export function Footer({ tableId, viewId, scroll }: FooterProps) {
  const { t } = useTranslation();
  const state = useView(tableId, viewId);
  const aggregates = useAggregates(state);
  const summed = state.columns.filter((shown) => shown.aggregation !== null);
  if (state.readOnly && summed.length === 0) return null;
  return (
    <Box
      component="section"
      aria-label={t('views.footer')}
      style={{ borderTop: '1px solid var(--mantine-color-default-border)', flexShrink: 0 }}
    >
      {scroll === undefined ? (
        <ScrollArea type="never">
          <Group gap={0} wrap="nowrap" px="xs" mih={36}>
            {summed.map((shown) => (
              <FooterCell key={shown.column.id} state={state} shown={shown} answers={aggregates.data} />
            ))}
            {state.readOnly ? null : <SummarizeMenu state={state} />}
          </Group>
        </ScrollArea>
      ) : (
        <AlignedCells state={state} scroll={scroll} answers={aggregates.data} />
      )}
    </Box>
  );
}
