import { Checkbox, NumberInput, Select } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type ColumnDraft, hasSetting } from './columnDraft.ts';

interface TypeSettingsProps {
  readonly draft: ColumnDraft;
  readonly onChange: (meta: Readonly<Record<string, unknown>>) => void;
}

const dateFormats = ['YYYY-MM-DD', 'DD/MM/YYYY', 'MM/DD/YYYY', 'DD.MM.YYYY', 'DD-MM-YYYY', 'YYYY/MM/DD'];

function CurrencySelect({ draft, onChange }: TypeSettingsProps) {
  const { t, i18n } = useTranslation();
  const data = useMemo(() => {
    const names = new Intl.DisplayNames(i18n.language, { type: 'currency' });
    return Intl.supportedValuesOf('currency').map((code) => ({
      value: code,
      label: `${code} – ${names.of(code) ?? code}`,
    }));
  }, [i18n.language]);
  return (
    <Select
      label={t('columns.currency')}
      searchable
      allowDeselect={false}
      limit={100}
      data={data}
      value={String(draft.meta.currency_code ?? 'USD')}
      onChange={(code) => onChange({ ...draft.meta, currency_code: code })}
    />
  );
}

/** What only fields of the chosen type ask for. */
export function TypeSettings({ draft, onChange }: TypeSettingsProps) {
  const { t } = useTranslation();
  const { uidt, meta } = draft;
  const has = (name: string): boolean => hasSetting(uidt, name);
  const set = (name: string, value: unknown): void => onChange({ ...meta, [name]: value });
  return (
    <>
      {has('currency_code') ? <CurrencySelect draft={draft} onChange={onChange} /> : null}
      {has('precision') ? (
        <NumberInput
          label={t('columns.precision')}
          description={t('columns.precisionHint')}
          min={0}
          max={8}
          allowDecimal={false}
          value={meta.precision === undefined || meta.precision === null ? '' : Number(meta.precision)}
          onChange={(value) => set('precision', value === '' ? null : Number(value))}
        />
      ) : null}
      {has('max') ? (
        <NumberInput
          label={t('columns.ratingMax')}
          min={1}
          max={10}
          clampBehavior="strict"
          allowDecimal={false}
          value={Number(meta.max ?? 5)}
          onChange={(value) => set('max', value === '' ? 5 : Number(value))}
        />
      ) : null}
      {has('duration') ? (
        <Select
          label={t('columns.durationFormat')}
          allowDeselect={false}
          data={[
            { value: '0', label: 'h:mm' },
            { value: '1', label: 'h:mm:ss' },
          ]}
          value={Number(meta.duration ?? 0) === 0 ? '0' : '1'}
          onChange={(value) => set('duration', Number(value))}
        />
      ) : null}
      {has('date_format') ? (
        <Select
          label={t('columns.dateFormat')}
          clearable
          placeholder={t('columns.dateFormatLocal')}
          data={dateFormats}
          value={typeof meta.date_format === 'string' ? meta.date_format : null}
          onChange={(value) => set('date_format', value)}
        />
      ) : null}
      {has('is_multi') ? (
        <Checkbox
          label={t('columns.severalPeople')}
          checked={meta.is_multi === true || meta.is_multi === 1}
          onChange={(event) => set('is_multi', event.currentTarget.checked)}
        />
      ) : null}
      {has('validate') ? (
        <Checkbox
          label={t(`columns.validate.${uidt}`)}
          checked={meta.validate === true || meta.validate === 1}
          onChange={(event) => set('validate', event.currentTarget.checked)}
        />
      ) : null}
    </>
  );
}
