import { ActionIcon } from '@mantine/core';
import { IconArrowsDiagonal } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Grid.module.css';
import type { Hover, HoveredRow } from './useHover.ts';

interface ExpandButtonProps {
  readonly hover: Hover;
  /** Where the cell's text begins is free: its numbers stand at the end. */
  readonly atStart: boolean;
  readonly onExpand: (row: number) => void;
}

/** Opens the record under the pointer. Keyboards have Space for it, so Tab passes it by. */
export function ExpandButton(props: ExpandButtonProps) {
  const { hovered } = props.hover;
  return hovered === null ? null : <ExpandRow {...props} hovered={hovered} />;
}

function ExpandRow({ hover, hovered, atStart, onExpand }: ExpandButtonProps & { hovered: HoveredRow }) {
  const { t } = useTranslation();
  const { row, bounds } = hovered;
  return (
    <ActionIcon
      className={classes.expand}
      size={24}
      variant="default"
      tabIndex={-1}
      aria-label={t('grid.expand')}
      title={t('grid.expand')}
      style={{
        left: atStart ? bounds.x + 5 : bounds.x + bounds.width - 29,
        top: bounds.y + Math.min(5, (bounds.height - 24) / 2),
      }}
      onClick={() => onExpand(row)}
      onWheel={hover.clear}
    >
      <IconArrowsDiagonal size={15} aria-hidden />
    </ActionIcon>
  );
}
