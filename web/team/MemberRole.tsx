import { NativeSelect } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import { Confirm } from '../ui/Confirm.tsx';
import { notifyDone, notifyError } from '../ui/notify.ts';
import { type ListedMember, membersPath } from './memberShapes.ts';
import { atLeast, type BaseRole, baseRoles, useOwnRole } from './roles.ts';

interface MemberRoleProps {
  readonly baseId: string;
  readonly member: ListedMember;
  readonly isMe: boolean;
}

/** The role of a member. Roles above one's own can neither be given nor taken. */
export function MemberRole({ baseId, member, isMe }: MemberRoleProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const own = useOwnRole(baseId) ?? 'no-access';
  const [asked, setAsked] = useState<BaseRole>();
  const [busy, setBusy] = useState(false);
  const name = member.display_name ?? member.email;
  const above = !atLeast(own, member.roles);
  const mayChange = atLeast(own, 'creator') && !above;
  async function change(role: BaseRole): Promise<void> {
    setBusy(true);
    try {
      await request('PATCH', `${membersPath(baseId)}/${member.id}`, { body: { roles: role } });
      await client.invalidateQueries({ queryKey: keys.members(baseId) });
      if (isMe) await client.invalidateQueries({ queryKey: ['me'] });
      notifyDone(t('team.members.roleChanged', { name, role: t(`team.roles.${role}`) }));
    } finally {
      setBusy(false);
    }
  }
  function choose(role: BaseRole): void {
    if (isMe) setAsked(role);
    else change(role).catch(notifyError);
  }
  return (
    <>
      <NativeSelect
        size="xs"
        w={170}
        styles={{ input: { opacity: 1, color: 'var(--mantine-color-text)' } }}
        aria-label={t('team.members.roleOf', { name })}
        {...(above && atLeast(own, 'creator') ? { description: t('team.members.aboveYou') } : {})}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={baseRoles.map((role) => ({
          value: role,
          label: t(`team.roles.${role}`),
          disabled: !atLeast(own, role),
        }))}
        value={member.roles}
        disabled={busy || !mayChange}
        onChange={(event) => choose(event.currentTarget.value as BaseRole)}
      />
      <Confirm
        opened={asked !== undefined}
        title={t('team.members.ownRoleTitle')}
        action={t('team.members.ownRoleAction')}
        onClose={() => setAsked(undefined)}
        onConfirm={async () => {
          if (asked !== undefined) await change(asked);
        }}
      >
        {t('team.members.ownRoleWarning')}
      </Confirm>
    </>
  );
}
