import { Button, Code, Group, Text, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from './copyText.ts';
import { notifyError } from './notify.ts';

interface CopyFieldProps {
  readonly label: string;
  readonly value: string;
  /** It is on the clipboard already. */
  readonly copied?: boolean;
  /** The button takes the focus when it appears. */
  readonly focused?: boolean;
}

/** A text to take along, with a button that copies it. The text is content, never an attribute. */
export function CopyField({ label, value, copied = false, focused = false }: CopyFieldProps) {
  const { t } = useTranslation();
  const [done, setDone] = useState(copied);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focused) button.current?.focus();
  }, [focused]);
  async function copy(): Promise<void> {
    try {
      await copyText(value);
      setDone(true);
    } catch (error) {
      notifyError(error);
    }
  }
  const word = done ? t('common.copied') : t('common.copy');
  return (
    <div>
      <VisuallyHidden role="status">{done ? word : ''}</VisuallyHidden>
      <Group justify="space-between" mb={4} wrap="nowrap">
        <Text size="sm" fw={500}>
          {label}
        </Text>
        <Button
          ref={button}
          size="compact-sm"
          variant="light"
          aria-label={`${word}: ${label}`}
          leftSection={done ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          onClick={copy}
        >
          {word}
        </Button>
      </Group>
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {value}
      </Code>
    </div>
  );
}
