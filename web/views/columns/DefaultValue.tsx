import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ColumnDraft } from './columnDraft.ts';

interface DefaultValueProps {
  readonly draft: ColumnDraft;
  readonly refusal: string | undefined;
  readonly onChange: (defaultValue: string) => void;
}

/** What new records hold before somebody fills the field. */
export function DefaultValue({ draft, refusal, onChange }: DefaultValueProps) {
  const { t } = useTranslation();
  const label = t('columns.defaultValue');
  const titles = [...new Set(draft.choices.map((choice) => choice.title.trim()))].filter(
    (title) => title !== '',
  );
  if (draft.uidt === 'Checkbox' || draft.uidt === 'SingleSelect') {
    const data =
      draft.uidt === 'Checkbox'
        ? [
            { value: 'true', label: t('columns.checked') },
            { value: 'false', label: t('columns.unchecked') },
          ]
        : titles;
    return (
      <Select
        label={label}
        clearable
        data={data}
        value={draft.defaultValue === '' ? null : draft.defaultValue}
        error={refusal}
        onChange={(value) => onChange(value ?? '')}
      />
    );
  }
  const types: Readonly<Record<string, string>> = { Date: 'date', Time: 'time' };
  return (
    <TextInput
      label={label}
      type={types[draft.uidt] ?? 'text'}
      description={draft.uidt === 'MultiSelect' ? t('columns.defaultList') : undefined}
      value={draft.defaultValue}
      error={refusal}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
