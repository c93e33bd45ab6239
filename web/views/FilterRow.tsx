import { Box, Flex, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter } from '../api/viewShapes.ts';
import { explain } from '../ui/notify.ts';
import { FilterValue } from './FilterValue.tsx';
import classes from './filters.module.css';
import { chooseOperator, familyOf, operatorsOf } from './operators.ts';
import { RemoveButton } from './RemoveButton.tsx';
import { type FilterChanges, startFilter } from './useFilterChanges.ts';
import type { ViewState } from './useView.ts';

/** Columns a person can filter by: the one that stands for its record, visible ones, others; never the manual order. */
export function filterableColumns({ columns, table }: ViewState) {
  const shown = columns.map((each) => each.column);
  const others = (table?.columns ?? []).filter((column) => !shown.includes(column));
  return [...shown, ...others]
    .filter((column) => column.uidt !== 'Order')
    .toSorted((a, b) => Number(b.pv) - Number(a.pv));
}

interface FilterRowProps {
  readonly state: ViewState;
  readonly filter: Filter;
  readonly changes: FilterChanges;
}

/** One condition: a field, an operator in words, and what it is compared with. */
export function FilterRow({ state, filter, changes }: FilterRowProps) {
  const { t } = useTranslation();
  const [refusal, setRefusal] = useState<string>();
  const columns = filterableColumns(state);
  const column = columns.find(({ id }) => id === filter.fk_column_id);
  const family = column === undefined ? 'text' : familyOf(column);
  const operator = filter.comparison_op;
  const known = operatorsOf[family];
  // another client may have chosen a word that is not offered here
  const offered = operator === null || known.includes(operator) ? known : [...known, operator];
  return (
    <Flex gap="xs" align="flex-start" className={classes.row}>
      <Flex gap="xs" flex={1} wrap="wrap" miw={0}>
        <Select
          size="xs"
          flex="1 1 140px"
          searchable
          aria-label={t('views.field')}
          placeholder={t('views.field')}
          data={columns.map(({ id, title }) => ({ value: id, label: title }))}
          value={column?.id ?? null}
          readOnly={state.readOnly}
          allowDeselect={false}
          onChange={(id) => {
            const next = columns.find((each) => each.id === id);
            if (next === undefined) return;
            setRefusal(undefined);
            const keeps = familyOf(next) === family && operator !== null;
            void changes.patch(filter.id, keeps ? { fk_column_id: next.id } : startFilter(next));
          }}
        />
        <Select
          size="xs"
          flex="1 1 120px"
          aria-label={t('views.operator')}
          data={offered.map((value) => ({
            value,
            label: t(`views.operators.${family}.${value}`, { defaultValue: value }),
          }))}
          value={operator}
          readOnly={state.readOnly}
          disabled={column === undefined}
          allowDeselect={false}
          onChange={(value) => {
            setRefusal(undefined);
            if (value !== null) void changes.patch(filter.id, chooseOperator(family, value, filter));
          }}
        />
        {column === undefined ? null : (
          <Box flex="1 1 180px" miw={0}>
            <FilterValue
              column={column}
              baseId={state.table?.base_id ?? ''}
              filter={filter}
              readOnly={state.readOnly}
              refusal={refusal}
              onChange={(body, typed = false) => {
                setRefusal(undefined);
                const onRefused = (error: unknown) => setRefusal(explain(error));
                void changes.patch(filter.id, body, typed ? { onRefused, typed } : {});
              }}
            />
          </Box>
        )}
      </Flex>
      <RemoveButton
        label={t('views.removeFilter')}
        disabled={state.readOnly}
        onClick={() => void changes.remove(filter.id)}
      />
    </Flex>
  );
}
