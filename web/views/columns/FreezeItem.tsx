import { Menu } from '@mantine/core';
import { IconPin, IconPinnedOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../api/shapes.ts';
import type { ViewState } from '../useView.ts';
import { useViewActions } from '../useViewActions.ts';

interface FreezeItemProps {
  readonly state: ViewState;
  readonly column: Column;
  readonly onDone: () => void;
}

/** Keeps the columns up to this one in sight while the others scroll, or lets them go. */
export function FreezeItem({ state, column, onDone }: FreezeItemProps) {
  const { t } = useTranslation();
  const { freeze } = useViewActions(state.table);
  const upTo = state.columns.findIndex((each) => each.column.id === column.id) + 1;
  if (upTo === 0 || state.view === undefined) return null;
  const isLast = state.frozen === upTo;
  const { view } = state;
  return (
    <Menu.Item
      leftSection={isLast ? <IconPinnedOff size={16} aria-hidden /> : <IconPin size={16} aria-hidden />}
      onClick={() => {
        void freeze(view, isLast ? 0 : upTo);
        onDone();
      }}
    >
      {t(isLast ? 'columns.unfreeze' : 'columns.freeze')}
    </Menu.Item>
  );
}
