import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Value } from '../../columnTypes/query.ts';
import type { Edited } from '../grid/cells/fieldCell.ts';
import { cellOfValue, type Field, fieldOf, parseInput, sentOf } from '../grid/field.ts';
import { parseText } from '../grid/localInput.ts';
import { useLocale } from '../grid/useLocale.ts';
import { FormError } from '../ui/FormError.tsx';
import { explain } from '../ui/notify.ts';
import { FieldInput } from './FieldInput.tsx';
import { orderedFields } from './orderedFields.ts';
import type { RecordDrawerProps } from './RecordDrawer.tsx';

/** A record that needs something filled in before it can be stored. */
export function NewRecord({ table, state, model, commands, onClose }: RecordDrawerProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { people } = model.context;
  const [values, setValues] = useState<ReadonlyMap<Field, Value>>(new Map());
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const fields = orderedFields(table, state)
    .map(fieldOf)
    .filter((field) => field.editable || (field.column.pk && !field.column.ai));

  async function keep(field: Field, edited: Edited): Promise<void> {
    const parsed =
      'text' in edited
        ? parseText(field, edited.text, people, locale)
        : parseInput(field, edited.input, people);
    if ('value' in parsed) setValues((now) => new Map(now).set(field, parsed.value));
  }
  const isMissing = (field: Field): boolean =>
    (field.column.rqd || field.column.pk) &&
    field.column.cdf === null &&
    (values.get(field) ?? null) === null;
  async function save(): Promise<void> {
    setTried(true);
    if (fields.some(isMissing)) return;
    setBusy(true);
    setError(undefined);
    try {
      const body = Object.fromEntries([...values].map(([field, value]) => [field.title, sentOf(value)]));
      await commands.add('addRow', body, shownTitles(state, model.writes.keyTitles));
      onClose();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Stack gap="md" pb="xl">
      <Text size="sm" c="dimmed">
        {t('record.newHint')}
      </Text>
      <FormError message={error === undefined ? undefined : explain(error)} />
      {fields.map((field) => (
        <FieldInput
          key={field.column.id}
          field={field}
          cell={cellOfValue(field, values.get(field) ?? null, people)}
          people={people}
          readOnly={false}
          missing={tried && isMissing(field)}
          onSave={(edited) => keep(field, edited)}
        />
      ))}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button loading={busy} onClick={() => void save()}>
          {t('common.save')}
        </Button>
      </Group>
    </Stack>
  );
}

const shownTitles = (state: RecordDrawerProps['state'], keyTitles: readonly string[]): string[] => [
  ...new Set([...keyTitles, ...state.columns.map(({ column }) => column.title)]),
];
