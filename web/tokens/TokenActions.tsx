import { Menu, Text } from '@mantine/core';
import { IconCopy, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { ActionsMenu } from '../ui/ActionsMenu.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { copyText } from '../ui/copyText.ts';
import { focusContent } from '../ui/focusContent.ts';
import { notifyDone, notifyError } from '../ui/notify.ts';
import type { ListedToken } from './shapes.ts';
import { useTokenName } from './useTokenName.ts';

interface TokenActionsProps {
  readonly token: ListedToken;
  /** Only who made a token can see it again. */
  readonly mayCopy: boolean;
  readonly onDelete: (token: ListedToken) => Promise<unknown>;
}

/** `Copy` and `Delete` of a token. The secret passes from the answer to the clipboard and stays nowhere. */
export function TokenActions({ token, mayCopy, onDelete }: TokenActionsProps) {
  const { t } = useTranslation();
  const name = useTokenName()(token);
  const [asking, setAsking] = useState(false);
  async function copy(): Promise<void> {
    try {
      const answer = await request<{ token: string }>('POST', `/api/v2/tokens/${token.id}/reveal`);
      await copyText(answer.token);
      notifyDone(t('tokens.copied', { name }));
    } catch (error) {
      notifyError(error);
    }
  }
  async function remove(): Promise<void> {
    await onDelete(token);
    notifyDone(t('tokens.deleted', { name }));
    focusContent();
  }
  return (
    <>
      <ActionsMenu of={name}>
        <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} disabled={!mayCopy} onClick={copy}>
          {t('common.copy')}
          {mayCopy ? null : (
            <Text component="div" size="xs">
              {t('tokens.copyByMaker')}
            </Text>
          )}
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => setAsking(true)}
        >
          {t('common.delete')}
        </Menu.Item>
      </ActionsMenu>
      <Confirm
        opened={asking}
        title={t('tokens.deleteTitle', { name })}
        action={t('common.delete')}
        onClose={() => setAsking(false)}
        onConfirm={remove}
      >
        {t('tokens.deleteWarning')}
      </Confirm>
    </>
  );
}
