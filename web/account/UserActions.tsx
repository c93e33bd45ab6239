import { Menu, Text } from '@mantine/core';
import { IconBan, IconCheck, IconKey, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import { ActionsMenu } from '../ui/ActionsMenu.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { focusContent } from '../ui/focusContent.ts';
import { notifyDone, notifyError } from '../ui/notify.ts';
import { ResetLink } from './ResetLink.tsx';
import { type ListedUser, usersPath } from './userShapes.ts';

type Asked = 'block' | 'delete' | 'resetLink';

/** Asks before a user is blocked or deleted. */
function Questions({
  user,
  asked,
  onClose,
}: {
  user: ListedUser;
  asked?: Asked | undefined;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { email } = user;
  async function act(kind: 'blocked' | 'deleted'): Promise<void> {
    if (kind === 'deleted') await request('DELETE', `${usersPath}/${user.id}`);
    else await request('PATCH', `${usersPath}/${user.id}`, { body: { status: 'blocked' } });
    await client.invalidateQueries({ queryKey: keys.users });
    notifyDone(t(`account.users.${kind}Done`, { email }));
    focusContent();
  }
  return (
    <>
      <Confirm
        opened={asked === 'block'}
        title={t('account.users.blockTitle', { email })}
        action={t('account.users.block')}
        onClose={onClose}
        onConfirm={() => act('blocked')}
      >
        {t('account.users.blockWarning')}
      </Confirm>
      <Confirm
        opened={asked === 'delete'}
        title={t('account.users.deleteTitle', { email })}
        action={t('common.delete')}
        typed={email}
        onClose={onClose}
        onConfirm={() => act('deleted')}
      >
        {t('account.users.deleteWarning', { email })}
      </Confirm>
      <ResetLink user={user} opened={asked === 'resetLink'} onClose={onClose} />
    </>
  );
}

/** What a super admin can do with a user. Nobody shuts themselves out here. */
export function UserActions({ user, isMe }: { user: ListedUser; isMe: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Asked>();
  const blocked = user.status === 'blocked';
  async function unblock(): Promise<void> {
    try {
      await request('PATCH', `${usersPath}/${user.id}`, { body: { status: 'active' } });
      await client.invalidateQueries({ queryKey: keys.users });
      notifyDone(t('account.users.unblockedDone', { email: user.email }));
    } catch (error) {
      notifyError(error);
    }
  }
  const reason = (text: string) => (
    <Text component="div" size="xs">
      {text}
    </Text>
  );
  const notMe = isMe ? reason(t('account.users.notYourself')) : null;
  return (
    <>
      <ActionsMenu of={user.email}>
        <Menu.Item
          leftSection={<IconKey size={16} aria-hidden />}
          disabled={blocked}
          onClick={() => setAsked('resetLink')}
        >
          {t('account.users.resetLink')}
          {blocked ? reason(t('account.users.unblockFirst')) : null}
        </Menu.Item>
        {blocked ? (
          <Menu.Item leftSection={<IconCheck size={16} aria-hidden />} onClick={unblock}>
            {t('account.users.unblock')}
          </Menu.Item>
        ) : (
          <Menu.Item
            leftSection={<IconBan size={16} aria-hidden />}
            disabled={isMe}
            onClick={() => setAsked('block')}
          >
            {t('account.users.block')}
            {notMe}
          </Menu.Item>
        )}
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={16} aria-hidden />}
          disabled={isMe}
          onClick={() => setAsked('delete')}
        >
          {t('common.delete')}
          {notMe}
        </Menu.Item>
      </ActionsMenu>
      <Questions user={user} asked={asked} onClose={() => setAsked(undefined)} />
    </>
  );
}
