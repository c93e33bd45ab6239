import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '../ui/notify.ts';

interface NameViewProps {
  readonly heading: string;
  readonly hint?: string | undefined;
  readonly initial: string;
  readonly action: string;
  readonly onClose: () => void;
  /** A rejection is shown beside the name and the dialog stays open. */
  readonly onSave: (title: string) => Promise<unknown>;
}

/** Asks for the name of a view. */
export function NameView({ heading, hint, initial, action, onClose, onSave }: NameViewProps) {
  const { t } = useTranslation();
  const [title, setTitle] = useState(initial);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    try {
      await onSave(title.trim());
      onClose();
    } catch (error) {
      setRefusal(explain(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <Modal opened onClose={onClose} title={heading} centered>
      <form onSubmit={save}>
        <Stack>
          {hint === undefined ? null : (
            <Text size="sm" c="dimmed">
              {hint}
            </Text>
          )}
          <TextInput
            data-autofocus
            label={t('views.name')}
            value={title}
            maxLength={255}
            error={refusal}
            onChange={(event) => {
              setTitle(event.currentTarget.value);
              setRefusal(null);
            }}
            onFocus={(event) => event.currentTarget.select()}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={title.trim() === ''}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
