import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { CopyField } from '../ui/CopyField.tsx';
import { explain } from '../ui/notify.ts';
import { type ListedUser, usersPath } from './userShapes.ts';

function Steps({ user, onClose }: { user: ListedUser; onClose: () => void }) {
  const { t } = useTranslation();
  const [link, setLink] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  async function make(): Promise<void> {
    setBusy(true);
    try {
      const path = `${usersPath}/${user.id}/generate-reset-url`;
      const { reset_password_url: url } = await request<{ reset_password_url: string }>('POST', path);
      // Relative unless the instance knows its public address.
      setLink(new URL(url, window.location.origin).href);
    } catch (error) {
      setRefusal(explain(error));
    } finally {
      setBusy(false);
    }
  }
  return (
    <Stack>
      <Text size="sm">{t('account.resetLink.hint', { email: user.email })}</Text>
      {refusal === undefined ? null : (
        <Alert color="red" role="alert">
          {refusal}
        </Alert>
      )}
      {link === undefined ? null : <CopyField label={t('account.resetLink.link')} value={link} focused />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.close')}
        </Button>
        {link === undefined ? (
          <Button data-autofocus loading={busy} onClick={make}>
            {t('account.resetLink.make')}
          </Button>
        ) : null}
      </Group>
    </Stack>
  );
}

/** A link with which a user chooses a new password. Made on request: it replaces an earlier one. */
export function ResetLink({
  user,
  opened,
  onClose,
}: {
  user: ListedUser;
  opened: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('account.resetLink.title')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Steps user={user} onClose={onClose} />
    </Modal>
  );
}
