import { ActionIcon, Button, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../ui/copyText.ts';
import { notifyError } from '../ui/notify.ts';

interface CopyButtonProps {
  readonly text: string;
  readonly label: string;
  /** With the word beside the icon. */
  readonly worded?: boolean;
}

/** Puts a text on the clipboard and says so for a moment. */
export function CopyButton({ text, label, worded = false }: CopyButtonProps) {
  const { t } = useTranslation();
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), 2_000);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = (): void => {
    copyText(text).then(() => setDone(true), notifyError);
  };
  const Icon = done ? IconCheck : IconCopy;
  const word = done ? t('common.copied') : t('common.copy');
  return (
    <>
      <VisuallyHidden role="status">{done ? word : ''}</VisuallyHidden>
      {worded ? (
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<Icon size={14} aria-hidden />}
          aria-label={label}
          onClick={copy}
        >
          {word}
        </Button>
      ) : (
        <ActionIcon variant="subtle" color="gray" aria-label={label} title={label} onClick={copy}>
          <Icon size={16} aria-hidden />
        </ActionIcon>
      )}
    </>
  );
}
