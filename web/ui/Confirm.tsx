import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { focusContent } from './focusContent.ts';
import { notifyError } from './notify.ts';

interface ConfirmProps {
  readonly opened: boolean;
  readonly title: string;
  readonly children: ReactNode;
  /** The word on the button that does it. */
  readonly action: string;
  /** Must be typed before the button works. */
  readonly typed?: string;
  readonly onClose: () => void;
  /** A rejection is shown and the dialog stays open. */
  readonly onConfirm: () => Promise<unknown>;
}

/** Asks before something that cannot be undone. */
export function Confirm({ opened, title, children, action, typed, onClose, onConfirm }: ConfirmProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [text, setText] = useState('');
  async function confirm(): Promise<void> {
    setBusy(true);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      notifyError(error);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => {
        setText('');
        focusContent();
      }}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack>
        <Text size="sm">{children}</Text>
        {typed === undefined ? null : (
          <TextInput
            aria-label={typed}
            data-autofocus
            placeholder={typed}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end">
          <Button
            variant="default"
            onClick={onClose}
            {...(typed === undefined ? { 'data-autofocus': true } : {})}
          >
            {t('common.cancel')}
          </Button>
          <Button
            color="red.9"
            loading={busy}
            disabled={typed !== undefined && text !== typed}
            onClick={confirm}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
