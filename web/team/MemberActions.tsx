import { Menu, Text } from '@mantine/core';
import { IconUserMinus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import { ActionsMenu } from '../ui/ActionsMenu.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { focusContent } from '../ui/focusContent.ts';
import { notifyDone } from '../ui/notify.ts';
import { type ListedMember, membersPath } from './memberShapes.ts';
import { atLeast, useOwnRole } from './roles.ts';

interface MemberActionsProps {
  readonly baseId: string;
  readonly member: ListedMember;
  readonly isMe: boolean;
}

/** `Remove` of a member, or why not. */
export function MemberActions({ baseId, member, isMe }: MemberActionsProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const own = useOwnRole(baseId) ?? 'no-access';
  const [asking, setAsking] = useState(false);
  const name = member.display_name ?? member.email;
  const refusal = !atLeast(own, 'creator')
    ? t('team.members.removeByCreator')
    : isMe
      ? t('team.members.notYourself')
      : atLeast(own, member.roles)
        ? undefined
        : t('team.members.aboveYou');
  async function remove(): Promise<void> {
    await request('DELETE', `${membersPath(baseId)}/${member.id}`);
    await client.invalidateQueries({ queryKey: keys.members(baseId) });
    notifyDone(t('team.members.removed', { name }));
    focusContent();
  }
  return (
    <>
      <ActionsMenu of={name}>
        <Menu.Item
          color="red"
          leftSection={<IconUserMinus size={16} aria-hidden />}
          disabled={refusal !== undefined}
          onClick={() => setAsking(true)}
        >
          {t('team.members.remove')}
          {refusal === undefined ? null : (
            <Text component="div" size="xs">
              {refusal}
            </Text>
          )}
        </Menu.Item>
      </ActionsMenu>
      <Confirm
        opened={asking}
        title={t('team.members.removeTitle', { name })}
        action={t('team.members.remove')}
        onClose={() => setAsking(false)}
        onConfirm={remove}
      >
        {t('team.members.removeWarning')}
      </Confirm>
    </>
  );
}
