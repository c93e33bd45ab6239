import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys, useMe } from '../api/queries.ts';
import { type DataColumn, DataList } from '../ui/DataList.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Moment } from '../ui/Moment.tsx';
import { Pager } from '../ui/Pager.tsx';
import { SettingsSection } from '../ui/SettingsSection.tsx';
import { useListPage } from '../ui/useListPage.ts';
import { InstanceRoleSelect } from './InstanceRoleSelect.tsx';
import { InviteUser } from './InviteUser.tsx';
import { UserActions } from './UserActions.tsx';
import { type ListedUser, type UsersAnswer, usersPath } from './userShapes.ts';

const stateColors = { active: 'accent', blocked: 'red', invited: 'gray' } as const;

function UserName({ user, isMe }: { user: ListedUser; isMe: boolean }) {
  const { t } = useTranslation();
  return (
    <div>
      <Group gap="xs">
        <Text component="span" size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
          {user.display_name ?? user.email}
        </Text>
        {isMe ? (
          <Badge tt="none" variant="light">
            {t('account.users.you')}
          </Badge>
        ) : null}
      </Group>
      {user.display_name === null ? null : (
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {user.email}
        </Text>
      )}
    </div>
  );
}

function useColumns(meId: string | undefined): DataColumn<ListedUser>[] {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  return [
    {
      key: 'name',
      label: t('account.users.name'),
      cell: (user) => <UserName user={user} isMe={user.id === meId} />,
    },
    {
      key: 'role',
      label: t('account.users.role'),
      cell: (user) => <InstanceRoleSelect key={user.roles} user={user} isMe={user.id === meId} />,
    },
    {
      key: 'status',
      label: t('account.users.status'),
      cell: ({ status }) => (
        <Badge tt="none" variant="light" color={stateColors[status]}>
          {t(`account.users.${status}`)}
        </Badge>
      ),
    },
    {
      key: 'bases',
      label: t('nav.bases'),
      cell: ({ projectsCount }) => number.format(projectsCount),
    },
    { key: 'since', label: t('account.users.since'), cell: (user) => <Moment at={user.created_at} /> },
  ];
}

/** Everyone who has an account here; for super admins. */
export function Users() {
  const { t } = useTranslation();
  const meId = useMe().data?.id;
  const read = (body: UsersAnswer) => body;
  const users = useListPage<UsersAnswer>({ key: keys.users, path: usersPath, read });
  const columns = useColumns(meId);
  const [inviting, setInviting] = useState(false);
  return (
    <SettingsSection title={t('account.users.title')} wide>
      <Group justify="space-between">
        <TextInput
          type="search"
          aria-label={t('account.users.search')}
          placeholder={t('account.users.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={users.search}
          onChange={(event) => users.setSearch(event.currentTarget.value)}
          w={{ base: '100%', xs: 280 }}
        />
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setInviting(true)}>
          {t('account.users.invite')}
        </Button>
      </Group>
      <InviteUser opened={inviting} onClose={() => setInviting(false)} />
      <Loaded query={users.answer} lines={5}>
        {({ list, pageInfo }) => (
          <Stack gap="lg">
            {list.length === 0 ? (
              <EmptyState title={t('account.users.none')} hint={t('account.users.noneHint')} />
            ) : (
              <DataList
                label={t('account.users.title')}
                rows={list}
                rowKey={({ id }) => id}
                columns={columns}
                actions={(user) => <UserActions user={user} isMe={user.id === meId} />}
              />
            )}
            <Pager info={pageInfo} page={users.page} onPage={users.setPage} />
          </Stack>
        )}
      </Loaded>
    </SettingsSection>
  );
}
