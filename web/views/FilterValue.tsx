import { MultiSelect, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Column } from '../api/shapes.ts';
import type { Filter } from '../api/viewShapes.ts';
import { BetweenValue } from './BetweenValue.tsx';
import { DayValue } from './DayValue.tsx';
import { familyOf, valueKindOf } from './operators.ts';
import { PeopleValue } from './PeopleValue.tsx';
import { TypedValue } from './TypedValue.tsx';
import type { FilterPatch } from './useFilterChanges.ts';

export interface FilterValueProps {
  readonly column: Column;
  readonly baseId: string;
  readonly filter: Filter;
  readonly readOnly: boolean;
  /** @param typed it is being typed: a refused text stays in its field */
  readonly onChange: (body: FilterPatch, typed?: boolean) => void;
  /** Why the server refused the value. */
  readonly refusal?: string | undefined;
}

/** A value as a list of texts, however a client has written it. */
export function itemsOf(value: Filter['value']): string[] {
  if (value === null || value === '') return [];
  if (typeof value === 'string') return value.split(',');
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  return value.map((item) => item ?? '');
}

export const textOf = (value: Filter['value']): string => itemsOf(value).join(',');

/** What a condition compares with, in the editor that fits the field and the operator. */
export function FilterValue(props: FilterValueProps) {
  const { t } = useTranslation();
  const { column, filter, readOnly, onChange } = props;
  const family = familyOf(column);
  const kind = valueKindOf(family, filter.comparison_op);
  const titles = (column.colOptions?.options ?? []).map((option) => option.title);
  switch (kind) {
    case 'none':
      return null;
    case 'day':
    case 'span':
      return <DayValue {...props} span={kind === 'span'} />;
    case 'many':
      if (family === 'people' || family === 'person') return <PeopleValue {...props} />;
      return (
        <MultiSelect
          size="xs"
          searchable
          aria-label={t('views.value')}
          placeholder={itemsOf(filter.value).length === 0 ? t('views.chooseValues') : ''}
          data={[...new Set([...titles, ...itemsOf(filter.value)])]}
          value={itemsOf(filter.value)}
          readOnly={readOnly}
          onChange={(value) => onChange({ value })}
        />
      );
    case 'two':
      return <BetweenValue {...props} />;
    case 'one':
      if (family === 'choice') {
        return (
          <Select
            size="xs"
            searchable
            clearable
            aria-label={t('views.value')}
            placeholder={t('views.chooseValue')}
            data={[...new Set([...titles, ...(filter.value === null ? [] : [textOf(filter.value)])])]}
            value={filter.value === null ? null : textOf(filter.value)}
            readOnly={readOnly}
            onChange={(value) => onChange({ value })}
          />
        );
      }
      return (
        <TypedValue
          {...props}
          label={t('views.value')}
          text={textOf(filter.value)}
          onCommit={(text) => onChange({ value: text === '' ? null : text }, true)}
        />
      );
  }
}
