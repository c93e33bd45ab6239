import { Button, Checkbox, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/client.ts';
import type { Column } from '../../api/shapes.ts';
import { FormError } from '../../ui/FormError.tsx';
import { explain } from '../../ui/notify.ts';
import { ChoicesEditor } from './ChoicesEditor.tsx';
import { bodyOf, type ColumnDraft, changeType, draftOf, takesChoices } from './columnDraft.ts';
import { isFilledByPeople, mayBeUnique, offeredTypes } from './columnKinds.ts';
import { DefaultValue } from './DefaultValue.tsx';
import { RejectedValues, rejectedValues } from './RejectedValues.tsx';
import { TypeSelect } from './TypeSelect.tsx';
import { TypeSettings } from './TypeSettings.tsx';

interface ColumnFormProps {
  /** The field that is changed; none: a new one. */
  readonly column?: Column;
  readonly onClose: () => void;
  /** A rejection is shown in the form, which stays open. */
  readonly onSave: (body: Record<string, unknown>) => Promise<unknown>;
}

/** Which part of the form a refusal speaks of. */
const placeOf = (error: unknown): 'title' | 'default' | 'form' => {
  if (!(error instanceof ApiError)) return 'form';
  if (error.code === 'DUPLICATE_IN_ALIAS') return 'title';
  return error.code === 'INVALID_VALUE_FOR_FIELD' ? 'default' : 'form';
};

/** A field to make or to change: name, type, what the type asks for, and its rules. */
export function ColumnForm({ column, onClose, onSave }: ColumnFormProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<ColumnDraft>(() => draftOf(column));
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const patch = (body: Partial<ColumnDraft>): void => {
    setDraft({ ...draft, ...body });
    setRefusal(null);
  };
  const fixedType = column !== undefined && (column.pk || column.system);
  const retyped = column !== undefined && draft.uidt !== column.uidt;
  const types = column === undefined ? offeredTypes : offeredTypes.filter(isFilledByPeople);
  const place = refusal === null ? null : placeOf(refusal);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const body = bodyOf(draft, column);
    if (Object.keys(body).length === 0) {
      onClose();
      return;
    }
    setBusy(true);
    try {
      await onSave(body);
      onClose();
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={column === undefined ? t('columns.add') : t('columns.editTitle', { title: column.title })}
      centered
      size="md"
    >
      <form onSubmit={save}>
        <Stack gap="sm">
          <TextInput
            data-autofocus
            label={t('columns.title')}
            value={draft.title}
            maxLength={255}
            disabled={column?.system === true}
            error={place === 'title' ? explain(refusal) : undefined}
            onChange={(event) => patch({ title: event.currentTarget.value })}
          />
          {fixedType ? null : (
            <TypeSelect
              value={draft.uidt}
              types={types}
              onChange={(uidt) => {
                setDraft(changeType(draft, uidt));
                setRefusal(null);
              }}
            />
          )}
          {retyped ? (
            <Text size="xs" c="dimmed">
              {t('columns.retypeHint')}
            </Text>
          ) : null}
          {takesChoices(draft.uidt) ? (
            <ChoicesEditor
              choices={draft.choices}
              fromData={retyped}
              onChange={(choices) => patch({ choices })}
            />
          ) : null}
          <TypeSettings draft={draft} onChange={(meta) => patch({ meta })} />
          {isFilledByPeople(draft.uidt) && !fixedType ? (
            <DefaultValue
              draft={draft}
              refusal={place === 'default' ? explain(refusal) : undefined}
              onChange={(defaultValue) => patch({ defaultValue })}
            />
          ) : null}
          {isFilledByPeople(draft.uidt) && !fixedType ? (
            <Group gap="lg">
              <Checkbox
                label={t('columns.required')}
                checked={draft.required}
                onChange={(event) => patch({ required: event.currentTarget.checked })}
              />
              {mayBeUnique(draft.uidt) ? (
                <Checkbox
                  label={t('columns.unique')}
                  checked={draft.unique}
                  onChange={(event) => patch({ unique: event.currentTarget.checked })}
                />
              ) : null}
            </Group>
          ) : null}
          <Textarea
            label={t('columns.description')}
            autosize
            minRows={1}
            maxRows={5}
            value={draft.description}
            onChange={(event) => patch({ description: event.currentTarget.value })}
          />
          {place === 'form' && refusal instanceof ApiError && rejectedValues(refusal) !== undefined ? (
            <RejectedValues error={refusal} />
          ) : (
            <FormError message={place === 'form' ? explain(refusal) : undefined} />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={draft.title.trim() === ''}>
              {column === undefined ? t('columns.addAction') : t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
