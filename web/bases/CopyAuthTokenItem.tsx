import { Menu, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { copyAuthToken } from './copyAuthToken.ts';

/** `Copy Auth Token` with what to know about it. */
export function CopyAuthTokenItem() {
  const { t } = useTranslation();
  const hint = useId();
  return (
    <>
      <Menu.Item
        leftSection={<IconKey size={16} aria-hidden />}
        aria-describedby={hint}
        onClick={() => void copyAuthToken()}
      >
        {t('nav.copyAuthToken')}
      </Menu.Item>
      <Text id={hint} size="xs" c="dimmed" px="sm" pb="xs" maw={260}>
        {t('nav.authTokenDeprecated')}
      </Text>
    </>
  );
}
