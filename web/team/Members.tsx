import { Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keys, useMe } from '../api/queries.ts';
import { type DataColumn, DataList } from '../ui/DataList.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Pager } from '../ui/Pager.tsx';
import { SettingsSection } from '../ui/SettingsSection.tsx';
import { useListPage } from '../ui/useListPage.ts';
import { InviteMembers } from './InviteMembers.tsx';
import { MemberActions } from './MemberActions.tsx';
import { MemberRole } from './MemberRole.tsx';
import { type ListedMember, type MembersAnswer, membersPath } from './memberShapes.ts';
import { NeedsRole } from './NeedsRole.tsx';
import { useHasRole } from './roles.ts';

const reasonId = 'members-need';

function MemberName({ member, isMe }: { member: ListedMember; isMe: boolean }) {
  const { t } = useTranslation();
  return (
    <div>
      <Group gap="xs">
        <Text component="span" size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
          {member.display_name ?? member.email}
        </Text>
        {isMe ? (
          <Badge tt="none" variant="light">
            {t('team.members.you')}
          </Badge>
        ) : null}
      </Group>
      {member.display_name === null ? null : (
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {member.email}
        </Text>
      )}
    </div>
  );
}

function InviteButton({ baseId, enabled }: { baseId: string; enabled: boolean }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        leftSection={<IconPlus size={16} aria-hidden />}
        disabled={!enabled}
        {...(enabled ? {} : { 'aria-describedby': reasonId })}
        onClick={() => setOpened(true)}
      >
        {t('team.members.invite')}
      </Button>
      <InviteMembers baseId={baseId} opened={opened} onClose={() => setOpened(false)} />
    </>
  );
}

/** The people of a base and their roles. */
export function Members({ baseId }: { baseId: string }) {
  const { t } = useTranslation();
  const meId = useMe().data?.id;
  const mayChange = useHasRole(baseId, 'creator');
  const members = useListPage<MembersAnswer, { users: MembersAnswer }>({
    key: keys.members(baseId),
    path: membersPath(baseId),
    query: { members_only: true },
    read: ({ users }) => users,
  });
  const columns: DataColumn<ListedMember>[] = [
    {
      key: 'name',
      label: t('team.members.name'),
      cell: (member) => <MemberName member={member} isMe={member.id === meId} />,
    },
    {
      key: 'role',
      label: t('team.members.role'),
      cell: (member) => (
        <MemberRole key={member.roles} baseId={baseId} member={member} isMe={member.id === meId} />
      ),
    },
  ];
  return (
    <SettingsSection title={t('team.members.title')} hint={t('team.members.hint')} wide>
      {mayChange === false ? <NeedsRole id={reasonId} baseId={baseId} needed="creator" /> : null}
      <Group justify="space-between">
        <TextInput
          type="search"
          aria-label={t('team.members.search')}
          placeholder={t('team.members.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={members.search}
          onChange={(event) => members.setSearch(event.currentTarget.value)}
          w={{ base: '100%', xs: 280 }}
        />
        <InviteButton baseId={baseId} enabled={mayChange === true} />
      </Group>
      <Loaded query={members.answer}>
        {({ list, pageInfo }) => (
          <Stack gap="lg">
            {list.length === 0 ? (
              <EmptyState
                title={t(members.wanted === '' ? 'team.members.none' : 'team.members.notFound')}
                hint={t(members.wanted === '' ? 'team.members.noneHint' : 'team.members.notFoundHint')}
              />
            ) : (
              <DataList
                label={t('team.members.title')}
                rows={list}
                rowKey={({ id }) => id}
                columns={columns}
                actions={(member) => (
                  <MemberActions baseId={baseId} member={member} isMe={member.id === meId} />
                )}
              />
            )}
            <Pager info={pageInfo} page={members.page} onPage={members.setPage} />
          </Stack>
        )}
      </Loaded>
    </SettingsSection>
  );
}
