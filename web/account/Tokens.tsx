import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { keys, useMe } from '../api/queries.ts';
import { NewToken } from '../tokens/NewToken.tsx';
import type { CreatedToken, ListedToken, TokenWish } from '../tokens/shapes.ts';
import { TokenList } from '../tokens/TokenList.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loaded } from '../ui/Loaded.tsx';
import { Pager } from '../ui/Pager.tsx';
import { SettingsSection } from '../ui/SettingsSection.tsx';
import { type ListAnswer, useListPage } from '../ui/useListPage.ts';

interface TokensAnswer extends ListAnswer {
  readonly list: readonly ListedToken[];
  /** 0: no limit. */
  readonly tokens_per_user: number;
}

const path = '/api/v2/tokens';
const reasonId = 'token-limit';

/** Why no further token can be made, and what to do, in the words of the server's refusal. */
function LimitReason({ limit }: { limit: number }) {
  const { t } = useTranslation();
  const isSuper = useMe().data?.roles.super === true;
  return (
    <Text id={reasonId} size="sm" maw={640}>
      {t('account.tokens.limit', { count: limit })}{' '}
      {isSuper ? <Anchor href="#/account/settings">{t('account.tokens.raise')}</Anchor> : null}
    </Text>
  );
}

function AddToken({ limit, total }: { limit: number; total: number }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [opened, setOpened] = useState(false);
  const full = limit > 0 && total >= limit;
  async function create(wish: TokenWish): Promise<CreatedToken> {
    const made = await request<CreatedToken>('POST', path, { body: wish });
    await client.invalidateQueries({ queryKey: keys.tokens });
    return made;
  }
  return (
    <Group gap="md">
      <Button
        leftSection={<IconPlus size={16} aria-hidden />}
        disabled={full}
        {...(full ? { 'aria-describedby': reasonId } : {})}
        onClick={() => setOpened(true)}
      >
        {t('account.tokens.add')}
      </Button>
      {full ? <LimitReason limit={limit} /> : null}
      <NewToken
        opened={opened}
        title={t('account.tokens.add')}
        action={t('common.save')}
        tryPath="/api/v2/meta/bases/"
        onCreate={create}
        onClose={() => setOpened(false)}
      />
    </Group>
  );
}

/** API tokens of the account: they may whatever their owner may. */
export function Tokens() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const me = useMe();
  const read = (body: TokensAnswer) => body;
  const { answer, page, setPage } = useListPage<TokensAnswer>({ key: keys.tokens, path, read });
  async function remove(token: ListedToken): Promise<void> {
    await request('DELETE', `${path}/${token.id}`);
    await client.invalidateQueries({ queryKey: keys.tokens });
  }
  return (
    <SettingsSection title={t('account.tokens.title')} hint={t('account.tokens.hint')} wide>
      <Loaded query={answer}>
        {({ list, pageInfo, tokens_per_user: limit }) => (
          <Stack gap="lg">
            <AddToken limit={limit} total={pageInfo.totalRows} />
            {pageInfo.totalRows === 0 ? (
              <EmptyState title={t('account.tokens.none')} hint={t('account.tokens.noneHint')} />
            ) : (
              <TokenList
                label={t('account.tokens.title')}
                tokens={list}
                meId={me.data?.id}
                onDelete={remove}
              />
            )}
            <Pager info={pageInfo} page={page} onPage={setPage} />
          </Stack>
        )}
      </Loaded>
    </SettingsSection>
  );
}
