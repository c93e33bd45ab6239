import { Alert, Anchor, Button, Group, Select, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { keys, useMayInBase } from '../api/queries.ts';
import type { ListedToken } from '../tokens/shapes.ts';
import { explain } from '../ui/notify.ts';

interface TokenChoiceProps {
  readonly baseId: string;
  /** Whether the snippets hold a real token. */
  readonly inserted: boolean;
  /** The secret, to be kept in memory only; null takes it out again. */
  readonly onToken: (secret: string | null) => void;
}

const usable = (token: ListedToken): boolean =>
  token.enabled && (token.expiry === null || Date.parse(token.expiry) > Date.now());

/** Own tokens that open this table. */
function useUsableTokens(baseId: string) {
  const isCreator = useMayInBase(baseId, 'creator');
  const own = useQuery({
    queryKey: [...keys.tokens, 'all'],
    queryFn: async () =>
      (await request<{ list: ListedToken[] }>('GET', '/api/v2/tokens', { query: { limit: 100 } })).list,
  });
  const ofBase = useQuery({
    queryKey: [...keys.baseTokens(baseId), 'all'],
    queryFn: async () =>
      (await request<{ list: ListedToken[] }>('GET', `/api/v2/meta/bases/${baseId}/api-tokens`)).list,
    enabled: isCreator,
  });
  const me = own.data?.[0]?.fk_user_id;
  const mine = (ofBase.data ?? []).filter((token) => me === undefined || token.fk_user_id === me);
  return { tokens: [...(own.data ?? []), ...mine].filter(usable), ready: own.data !== undefined };
}

/** Chooses a token for the snippets; its secret is asked for only when wanted. */
export function TokenChoice({ baseId, inserted, onToken }: TokenChoiceProps) {
  const { t } = useTranslation();
  const { tokens, ready } = useUsableTokens(baseId);
  const [chosen, setChosen] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function reveal(): Promise<void> {
    setBusy(true);
    setRefusal(null);
    try {
      const { token } = await request<{ token: string }>('POST', `/api/v2/tokens/${chosen}/reveal`);
      onToken(token);
    } catch (error) {
      setRefusal(explain(error));
    } finally {
      setBusy(false);
    }
  }

  if (ready && tokens.length === 0) {
    return (
      <Alert color="gray" p="xs">
        <Text size="sm">
          {t('apiPanel.noToken')}{' '}
          <Anchor underline="always" href="#/account/tokens">
            {t('apiPanel.makeToken')}
          </Anchor>
        </Text>
      </Alert>
    );
  }
  return (
    <div>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <Select
          flex={1}
          label={t('apiPanel.token')}
          placeholder={t('apiPanel.chooseToken')}
          data={tokens.map((token) => ({
            value: String(token.id),
            label: `${token.description ?? t('apiPanel.unnamed')} (${token.token_hint})`,
          }))}
          value={chosen}
          error={refusal}
          onChange={(id) => {
            setChosen(id);
            setRefusal(null);
            onToken(null);
          }}
        />
        {inserted ? (
          <Button variant="default" onClick={() => onToken(null)}>
            {t('apiPanel.hideToken')}
          </Button>
        ) : (
          <Button variant="light" disabled={chosen === null} loading={busy} onClick={() => void reveal()}>
            {t('apiPanel.insertToken')}
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed" mt={4}>
        {t(inserted ? 'apiPanel.insertedHint' : 'apiPanel.tokenHint')}{' '}
        <Anchor size="xs" underline="always" href="#/account/tokens">
          {t('apiPanel.makeToken')}
        </Anchor>
      </Text>
    </div>
  );
}
