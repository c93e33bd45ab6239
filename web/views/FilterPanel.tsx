import { IconFilter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FilterGroup } from './FilterGroup.tsx';
import { isFilled } from './operators.ts';
import { Panel } from './Panel.tsx';
import { ReadOnlyNote } from './ReadOnlyNote.tsx';
import type { ViewState } from './useView.ts';

/** Which rows the view shows. */
export function FilterPanel({ state }: { state: ViewState }) {
  const { t } = useTranslation();
  const columns = state.table?.columns ?? [];
  const count = state.filters.filter((filter) => isFilled(filter, columns)).length;
  return (
    <Panel name="filter" label={t('views.filter')} icon={IconFilter} count={count} width={680}>
      <ReadOnlyNote state={state} />
      <FilterGroup state={state} parent={null} depth={0} />
    </Panel>
  );
}
