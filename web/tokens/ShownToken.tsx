import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CopyField } from '../ui/CopyField.tsx';

/** A token right after it was made, with a line that tries it. */
export function ShownToken({
  secret,
  copied,
  tryPath,
  onDone,
}: {
  secret: string;
  copied: boolean;
  tryPath: string;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const line = `curl -H "xc-token: ${secret}" "${window.location.origin}${tryPath}"`;
  return (
    <Stack>
      <Alert color="accent" icon={<IconCheck size={18} aria-hidden />} role="status">
        {t(copied ? 'tokens.madeAndCopied' : 'tokens.made')}
      </Alert>
      <CopyField label={t('tokens.token')} value={secret} copied={copied} focused />
      <CopyField label={t('tokens.try')} value={line} />
      <Group justify="flex-end">
        <Button onClick={onDone}>{t('tokens.done')}</Button>
      </Group>
    </Stack>
  );
}
