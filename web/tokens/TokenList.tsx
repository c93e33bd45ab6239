import { Badge, Code, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type DataColumn, DataList } from '../ui/DataList.tsx';
import { readInstant } from '../ui/dates.ts';
import { Moment } from '../ui/Moment.tsx';
import type { ListedToken } from './shapes.ts';
import { TokenActions } from './TokenActions.tsx';
import { useTokenName } from './useTokenName.ts';

interface TokenListProps {
  readonly label: string;
  readonly tokens: readonly ListedToken[];
  /** Whose tokens can be copied; undefined while unknown. */
  readonly meId: string | undefined;
  /** Shows who made each. */
  readonly withMaker?: boolean;
  readonly onDelete: (token: ListedToken) => Promise<unknown>;
}

function TokenName({ token }: { token: ListedToken }) {
  const { t } = useTranslation();
  const name = useTokenName()(token);
  const expired = token.expiry !== null && readInstant(token.expiry) <= new Date();
  const state = expired ? 'expired' : token.enabled ? undefined : 'paused';
  return (
    <Group gap="xs">
      <Text component="span" size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
        {name}
      </Text>
      {state === undefined ? null : (
        <Badge tt="none" color="gray" variant="light" size="sm">
          {t(`tokens.${state}`)}
        </Badge>
      )}
    </Group>
  );
}

/** API tokens with what tells them apart, and what can be done with each. */
export function TokenList({ label, tokens, meId, withMaker = false, onDelete }: TokenListProps) {
  const { t } = useTranslation();
  const maker: DataColumn<ListedToken> = {
    key: 'maker',
    label: t('tokens.maker'),
    cell: (token) => token.created_by ?? '–',
  };
  const columns: DataColumn<ListedToken>[] = [
    { key: 'name', label: t('tokens.name'), cell: (token) => <TokenName token={token} /> },
    { key: 'hint', label: t('tokens.token'), cell: (token) => <Code>{token.token_hint}</Code> },
    ...(withMaker ? [maker] : []),
    { key: 'created', label: t('tokens.created'), cell: (token) => <Moment at={token.created_at} /> },
    {
      key: 'used',
      label: t('tokens.used'),
      cell: (token) =>
        token.last_used_at === null ? t('tokens.unused') : <Moment at={token.last_used_at} as="distance" />,
    },
    {
      key: 'expires',
      label: t('tokens.expires'),
      cell: (token) => (token.expiry === null ? t('tokens.never') : <Moment at={token.expiry} />),
    },
  ];
  return (
    <DataList
      label={label}
      rows={tokens}
      rowKey={(token) => token.id}
      columns={columns}
      actions={(token) => (
        <TokenActions token={token} mayCopy={token.fk_user_id === meId} onDelete={onDelete} />
      )}
    />
  );
}
