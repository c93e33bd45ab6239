import { Button, Group, Modal, NativeSelect, Stack, Text, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { ApiError, request } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import { applyRefusal } from '../ui/applyRefusal.ts';
import { CopyField } from '../ui/CopyField.tsx';
import { FormError } from '../ui/FormError.tsx';
import { notifyDone } from '../ui/notify.ts';
import { signUpLink } from '../ui/signUpLink.ts';
import { joinAddresses } from './joinAddresses.ts';
import { membersPath } from './memberShapes.ts';
import { atLeast, type BaseRole, baseRoles, useOwnRole } from './roles.ts';

interface InviteAnswer {
  readonly emails?: readonly string[];
  /** Links to hand over, where no mail server is set up. */
  readonly invitations?: readonly Invitation[];
  /** Of a single one. */
  readonly invite_token?: string;
}
interface Invitation {
  readonly email: string;
  readonly invite_token: string;
}

interface InviteMembersProps {
  readonly baseId: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

type FormProps = Omit<InviteMembersProps, 'opened'> & {
  onLinks: (links: readonly Invitation[]) => void;
};

function InviteForm({ baseId, onClose, onLinks }: FormProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const own = useOwnRole(baseId) ?? 'no-access';
  const form = useForm({ defaultValues: { emails: '', role: 'viewer' as BaseRole } });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async ({ emails, role }) => {
    try {
      const body = { email: joinAddresses(emails), roles: role };
      const { invitations = [] } = await request<InviteAnswer>('POST', membersPath(baseId), { body });
      await client.invalidateQueries({ queryKey: keys.members(baseId) });
      notifyDone(t('team.invite.done', { count: body.email.split(',').length }));
      if (invitations.length === 0) onClose();
      else onLinks(invitations);
    } catch (error) {
      if (error instanceof ApiError && error.code === 'BASE_COLLABORATION')
        form.setError('emails', { message: error.message }, { shouldFocus: true });
      else applyRefusal(form, error, { email: 'emails', roles: 'role' });
    }
  });
  const role = form.watch('role');
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Textarea
          label={t('team.invite.emails')}
          description={t('team.invite.emailsHint')}
          autosize
          minRows={2}
          maxRows={8}
          autoComplete="off"
          data-autofocus
          error={errors.emails?.message}
          {...form.register('emails', {
            validate: (text) => joinAddresses(text) !== '' || t('team.invite.emailsMissing'),
          })}
        />
        <NativeSelect
          label={t('team.members.role')}
          description={t(`team.roleHints.${role}`)}
          data={baseRoles.map((value) => ({
            value,
            label: t(`team.roles.${value}`),
            disabled: !atLeast(own, value),
          }))}
          error={errors.role?.message}
          {...form.register('role')}
        />
        <FormError message={errors.root?.message} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={isSubmitting}>
            {t('team.members.invite')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Steps({ baseId, onClose }: Omit<InviteMembersProps, 'opened'>) {
  const { t } = useTranslation();
  const [links, setLinks] = useState<readonly Invitation[]>();
  if (links === undefined) return <InviteForm baseId={baseId} onClose={onClose} onLinks={setLinks} />;
  return (
    <Stack>
      <Text size="sm">{t('team.invite.handOver', { count: links.length })}</Text>
      {links.map(({ email, invite_token: token }, index) => (
        <CopyField key={email} label={email} value={signUpLink(token)} focused={index === 0} />
      ))}
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('team.invite.close')}</Button>
      </Group>
    </Stack>
  );
}

/** Makes people members of a base; who has no account yet gets an invitation. */
export function InviteMembers({ baseId, opened, onClose }: InviteMembersProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('team.invite.title')}
      centered
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Steps baseId={baseId} onClose={onClose} />
    </Modal>
  );
}
