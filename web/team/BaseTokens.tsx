import { Button, Group, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { keys, useMe } from '../api/queries.ts';
import { NewToken } from '../tokens/NewToken.tsx';
import type { CreatedToken, ListedToken, TokenWish } from '../tokens/shapes.ts';
import { TokenList } from '../tokens/TokenList.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { SettingsSection } from '../ui/SettingsSection.tsx';
import { NeedsRole } from './NeedsRole.tsx';
import { useHasRole } from './roles.ts';

const pathOf = (baseId: string): string => `/api/v2/meta/bases/${baseId}/api-tokens`;

/** `Add New Token`; the new one goes to the clipboard as soon as it is there. */
function AddToken({ baseId }: { baseId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [opened, setOpened] = useState(false);
  async function create(wish: TokenWish): Promise<CreatedToken> {
    const made = await request<CreatedToken>('POST', pathOf(baseId), { body: wish });
    await client.invalidateQueries({ queryKey: keys.baseTokens(baseId) });
    return made;
  }
  return (
    <Group>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpened(true)}>
        {t('team.tokens.add')}
      </Button>
      <NewToken
        opened={opened}
        title={t('team.tokens.add')}
        hint={t('team.tokens.opens')}
        action={t('team.tokens.generate')}
        tryPath={`/api/v2/meta/bases/${baseId}/tables`}
        copyAtOnce
        onCreate={create}
        onClose={() => setOpened(false)}
      />
    </Group>
  );
}

function TokensOfBase({ baseId }: { baseId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const me = useMe();
  const tokens = useQuery({
    queryKey: keys.baseTokens(baseId),
    queryFn: async () => (await request<{ list: ListedToken[] }>('GET', pathOf(baseId))).list,
  });
  async function remove(token: ListedToken): Promise<void> {
    await request('DELETE', `${pathOf(baseId)}/${token.id}`);
    await client.invalidateQueries({ queryKey: keys.baseTokens(baseId) });
  }
  return (
    <Stack gap="lg">
      <AddToken baseId={baseId} />
      <Loaded query={tokens}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={t('team.tokens.none')} hint={t('team.tokens.noneHint')} />
          ) : (
            <TokenList
              label={t('team.tokens.tab')}
              tokens={list}
              meId={me.data?.id}
              withMaker
              onDelete={remove}
            />
          )
        }
      </Loaded>
    </Stack>
  );
}

/** Tokens that open one base and nothing else. */
export function BaseTokens({ baseId }: { baseId: string }) {
  const { t } = useTranslation();
  const may = useHasRole(baseId, 'creator');
  return (
    <SettingsSection title={t('team.tokens.tab')} hint={t('team.tokens.hint')} wide>
      {may === false ? (
        <>
          <NeedsRole id="tokens-need" baseId={baseId} needed="creator" />
          <Group>
            <Button disabled aria-describedby="tokens-need" leftSection={<IconPlus size={16} aria-hidden />}>
              {t('team.tokens.add')}
            </Button>
          </Group>
        </>
      ) : null}
      {may === true ? <TokensOfBase baseId={baseId} /> : null}
    </SettingsSection>
  );
}
