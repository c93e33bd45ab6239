import { MultiSelect, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { choiceItems, isSeveral } from '../grid/editors/choices.ts';
import { choicesIn, peopleIn } from '../grid/field.ts';
import type { InputProps } from './FieldInput.tsx';

/** Options of a select, or members of the base. */
export function ChoiceInput({ field, cell, people, label, error, save }: InputProps) {
  const { t } = useTranslation();
  const items = choiceItems(field, people);
  const named = peopleIn(cell);
  const chosen =
    field.type.json === 'people'
      ? named.map((person) => person.id)
      : field.type.name === 'SingleSelect'
        ? typeof cell === 'string'
          ? [cell]
          : []
        : [...choicesIn(cell)];
  // Somebody who left, or an option that is gone, is still what the cell holds.
  const gone = chosen.filter((value) => !items.some((item) => item.value === value));
  const data = [...items, ...gone.map((value) => ({ value, label: value }))].map((item) => ({
    value: item.value,
    label: item.label,
  }));
  const shared = {
    label,
    error,
    data,
    description: field.column.description ?? undefined,
    withAsterisk: field.column.rqd,
    searchable: true,
    clearable: true,
    clearButtonProps: { 'aria-label': t('record.clear', { title: field.title }) },
    limit: 200,
    nothingFoundMessage: t('grid.noChoice'),
  };
  return isSeveral(field) ? (
    <MultiSelect
      {...shared}
      value={chosen}
      onChange={(values) => save({ input: values.length === 0 ? null : values.join(',') })}
    />
  ) : (
    <Select {...shared} value={chosen[0] ?? null} onChange={(value) => save({ input: value })} />
  );
}
