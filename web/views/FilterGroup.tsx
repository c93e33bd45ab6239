import { Box, Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Filter } from '../api/viewShapes.ts';
import { FilterRow, filterableColumns } from './FilterRow.tsx';
import classes from './filters.module.css';
import { RemoveButton } from './RemoveButton.tsx';
import { type FilterChanges, useFilterChanges } from './useFilterChanges.ts';
import type { ViewState } from './useView.ts';

/** Groups inside groups; the server takes more, a person does not. */
const deepest = 3;

interface LogicProps {
  readonly index: number;
  readonly filter: Filter;
  readonly siblings: readonly Filter[];
  readonly changes: FilterChanges;
  readonly readOnly: boolean;
}

/** How a condition is joined to the one before it: one choice for all, unless another client mixed them. */
function Logic({ index, filter, siblings, changes, readOnly }: LogicProps) {
  const { t } = useTranslation();
  const words = siblings.slice(1).map((each) => each.logical_op ?? 'and');
  const mixed = new Set(words).size > 1;
  if (index === 0) return <Text size="sm">{t('views.where')}</Text>;
  if (index > 1 && !mixed) return <Text size="sm">{t(`views.logic.${filter.logical_op ?? 'and'}`)}</Text>;
  return (
    <Select
      size="xs"
      aria-label={t('views.logicLabel')}
      data={(['and', 'or'] as const).map((value) => ({ value, label: t(`views.logic.${value}`) }))}
      value={filter.logical_op ?? 'and'}
      readOnly={readOnly}
      allowDeselect={false}
      onChange={(value) => {
        const logical_op = value === 'or' ? 'or' : 'and';
        for (const each of mixed ? [filter] : siblings.slice(1)) void changes.patch(each.id, { logical_op });
      }}
    />
  );
}

/** Conditions joined by and or or, and groups of such conditions. */
export function FilterGroup({
  state,
  parent,
  depth,
}: {
  state: ViewState;
  parent: string | null;
  depth: number;
}) {
  const { t } = useTranslation();
  const changes = useFilterChanges(state.view?.id);
  const filters = state.filters.filter((filter) => (filter.fk_parent_id ?? null) === parent);
  const logic = filters[1]?.logical_op ?? 'and';
  const first = filterableColumns(state)[0];
  return (
    <Stack gap="xs">
      {filters.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('views.noFilters')}
        </Text>
      ) : null}
      {filters.map((filter, index) => (
        <div key={filter.id} className={classes.line}>
          <Box className={classes.logic} pt={index > 0 && (index === 1 || filters.length > 2) ? 0 : 4}>
            <Logic
              index={index}
              filter={filter}
              siblings={filters}
              changes={changes}
              readOnly={state.readOnly}
            />
          </Box>
          {filter.is_group === true ? (
            <>
              <Box className={classes.group}>
                <FilterGroup state={state} parent={filter.id} depth={depth + 1} />
              </Box>
              <RemoveButton
                label={t('views.removeGroup')}
                disabled={state.readOnly}
                onClick={() => void changes.remove(filter.id)}
              />
            </>
          ) : (
            <FilterRow state={state} filter={filter} changes={changes} />
          )}
        </div>
      ))}
      {state.readOnly ? null : (
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => void changes.add(first, parent, logic)}
          >
            {t('views.addFilter')}
          </Button>
          {depth < deepest ? (
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => void changes.addGroup(parent, logic, first)}
            >
              {t('views.addFilterGroup')}
            </Button>
          ) : null}
        </Group>
      )}
    </Stack>
  );
}
