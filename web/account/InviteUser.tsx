import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { ApiError, request } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import { applyRefusal } from '../ui/applyRefusal.ts';
import { CopyField } from '../ui/CopyField.tsx';
import { FormError } from '../ui/FormError.tsx';
import { signUpLink } from '../ui/signUpLink.ts';
import { type InstanceRole, instanceRoles, usersPath } from './userShapes.ts';

interface Invited {
  readonly email: string;
  readonly invite_token: string;
  /** False: there is no mail server, the link is to be handed over. */
  readonly mailed: boolean;
}

function InviteForm({ onInvited, onCancel }: { onInvited: (answer: Invited) => void; onCancel: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({ defaultValues: { email: '', role: 'org-level-viewer' as InstanceRole } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async ({ email, role }) => {
    try {
      const body = { email: email.trim(), roles: role };
      const answer = await request<Invited>('POST', usersPath, { body });
      await client.invalidateQueries({ queryKey: keys.users });
      onInvited(answer);
    } catch (error) {
      // Only a known address is refused without naming a field.
      if (error instanceof ApiError && error.status === 400 && error.body.errors === undefined)
        form.setError('email', { message: t('account.invite.known') }, { shouldFocus: true });
      else applyRefusal(form, error, { email: 'email', roles: 'role' });
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          type="email"
          label={t('account.invite.email')}
          autoComplete="off"
          data-autofocus
          error={errors.email?.message}
          {...form.register('email', { required: t('account.invite.emailMissing') })}
        />
        <NativeSelect
          label={t('account.users.role')}
          description={t(`account.roleHints.${form.watch('role')}`)}
          data={instanceRoles.map((role) => ({ value: role, label: t(`account.roles.${role}`) }))}
          {...form.register('role')}
        />
        <FormError message={errors.root?.message} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={isSubmitting}>
            {t('account.users.invite')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Steps({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [invited, setInvited] = useState<Invited>();
  if (invited === undefined) return <InviteForm onInvited={setInvited} onCancel={onClose} />;
  return (
    <Stack>
      <Text size="sm">
        {t(invited.mailed ? 'account.invite.mailed' : 'account.invite.handOver', { email: invited.email })}
      </Text>
      <CopyField label={t('account.invite.link')} value={signUpLink(invited.invite_token)} focused />
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('account.invite.done')}</Button>
      </Group>
    </Stack>
  );
}

/** Invites someone to the instance. */
export function InviteUser({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('account.invite.title')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Steps onClose={onClose} />
    </Modal>
  );
}
