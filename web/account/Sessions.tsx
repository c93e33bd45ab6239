import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import { Confirm } from '../ui/Confirm.tsx';
import { type DataColumn, DataList } from '../ui/DataList.tsx';
import { focusContent } from '../ui/focusContent.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { Moment } from '../ui/Moment.tsx';
import { notifyDone } from '../ui/notify.ts';
import { SettingsSection } from '../ui/SettingsSection.tsx';
import { DeviceName, useDeviceName } from './DeviceName.tsx';

export interface ListedSession {
  readonly id: string;
  readonly current: boolean;
  readonly address: string | null;
  readonly agent: string | null;
  readonly created_at: string;
  readonly last_seen_at: string;
}

const path = '/api/v2/sessions';

/** Ends one session, or every other one, after asking. */
function SignOut({ session }: { session?: ListedSession }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const name = useDeviceName()(session?.agent ?? null);
  const [asking, setAsking] = useState(false);
  const kind = session === undefined ? 'others' : 'one';
  async function confirm(): Promise<void> {
    if (session === undefined) await request('POST', `${path}/revoke-others`);
    else await request('DELETE', `${path}/${session.id}`);
    await client.invalidateQueries({ queryKey: keys.sessions });
    notifyDone(t(`account.sessions.${kind}Done`, { name }));
    focusContent();
  }
  return (
    <>
      <Button
        variant="default"
        size={session === undefined ? 'sm' : 'xs'}
        {...(session === undefined ? {} : { 'aria-label': `${t('nav.signOut')}: ${name}` })}
        onClick={() => setAsking(true)}
      >
        {session === undefined ? t('account.sessions.others') : t('nav.signOut')}
      </Button>
      <Confirm
        opened={asking}
        title={t(`account.sessions.${kind}Title`, { name })}
        action={t('nav.signOut')}
        onClose={() => setAsking(false)}
        onConfirm={confirm}
      >
        {t(`account.sessions.${kind}Warning`)}
      </Confirm>
    </>
  );
}

/** The devices the person is signed in on. */
export function Sessions() {
  const { t } = useTranslation();
  const sessions = useQuery({
    queryKey: keys.sessions,
    queryFn: async () => (await request<{ list: ListedSession[] }>('GET', path)).list,
  });
  const columns: DataColumn<ListedSession>[] = [
    {
      key: 'device',
      label: t('account.sessions.device'),
      cell: ({ agent, current }) => (
        <Group gap="xs">
          <DeviceName agent={agent} />
          {current ? (
            <Badge tt="none" variant="light">
              {t('account.sessions.current')}
            </Badge>
          ) : null}
        </Group>
      ),
    },
    { key: 'address', label: t('account.sessions.address'), cell: ({ address }) => address ?? '–' },
    { key: 'since', label: t('account.sessions.since'), cell: (one) => <Moment at={one.created_at} /> },
    {
      key: 'seen',
      label: t('account.sessions.seen'),
      cell: (one) => <Moment at={one.last_seen_at} as="distance" />,
    },
  ];
  return (
    <SettingsSection title={t('account.sessions.title')} hint={t('account.sessions.hint')} wide>
      <Loaded query={sessions} lines={2}>
        {(list) => (
          <Stack gap="lg">
            {list.length > 1 ? (
              <Group>
                <SignOut />
              </Group>
            ) : (
              <Text size="sm" c="dimmed">
                {t('account.sessions.only')}
              </Text>
            )}
            <DataList
              label={t('account.sessions.title')}
              rows={list}
              rowKey={({ id }) => id}
              columns={columns}
              actions={(session) => (session.current ? null : <SignOut session={session} />)}
            />
          </Stack>
        )}
      </Loaded>
    </SettingsSection>
  );
}
