import { NativeSelect } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import { Confirm } from '../ui/Confirm.tsx';
import { notifyDone, notifyError } from '../ui/notify.ts';
import {
  type InstanceRole,
  instanceRoleOf,
  instanceRoles,
  type ListedUser,
  usersPath,
} from './userShapes.ts';

/** The role of a user in the instance. Who lowers their own is asked first: they could not undo it. */
export function InstanceRoleSelect({ user, isMe }: { user: ListedUser; isMe: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asked, setAsked] = useState<InstanceRole>();
  const [busy, setBusy] = useState(false);
  async function change(role: InstanceRole): Promise<void> {
    setBusy(true);
    try {
      await request('PATCH', `${usersPath}/${user.id}`, { body: { roles: role } });
      await client.invalidateQueries({ queryKey: keys.users });
      if (isMe) await client.invalidateQueries({ queryKey: ['me'] });
      notifyDone(t('account.users.roleChanged', { name: user.email, role: t(`account.roles.${role}`) }));
    } finally {
      setBusy(false);
    }
  }
  function choose(role: InstanceRole): void {
    if (isMe) setAsked(role);
    else change(role).catch(notifyError);
  }
  return (
    <>
      <NativeSelect
        size="xs"
        w={190}
        aria-label={t('account.users.roleOf', { name: user.email })}
        data={instanceRoles.map((role) => ({ value: role, label: t(`account.roles.${role}`) }))}
        value={instanceRoleOf(user)}
        disabled={busy}
        onChange={(event) => choose(event.currentTarget.value as InstanceRole)}
      />
      <Confirm
        opened={asked !== undefined}
        title={t('account.users.ownRoleTitle')}
        action={t('account.users.ownRoleAction')}
        onClose={() => setAsked(undefined)}
        onConfirm={async () => {
          if (asked !== undefined) await change(asked);
        }}
      >
        {t('account.users.ownRoleWarning')}
      </Confirm>
    </>
  );
}
