import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ViewState } from '../views/useView.ts';
import classes from './Grid.module.css';

/** A table, or what a filter leaves of it, without rows. */
export function EmptyRows({ state, mayEdit }: { state: ViewState; mayEdit: boolean }) {
  const { t } = useTranslation();
  const narrowed = state.where !== undefined || state.filters.length > 0;
  const hint = narrowed ? 'grid.emptyFiltered' : mayEdit ? 'grid.emptyHint' : 'grid.emptyReader';
  return (
    <div className={classes.empty} role="status">
      <Text fw={600}>{t(narrowed ? 'grid.nothingFound' : 'grid.empty')}</Text>
      <Text size="sm" c="dimmed">
        {t(hint)}
      </Text>
    </div>
  );
}
