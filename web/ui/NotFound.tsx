import { Anchor, Center, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Center h="100%" p="xl">
      <Stack align="center" gap="xs">
        <Title order={1} size="h3">
          {t('common.notFound')}
        </Title>
        <Text c="dimmed">{t('common.notFoundHint')}</Text>
        <Anchor href="#/">{t('common.home')}</Anchor>
      </Stack>
    </Center>
  );
}
