import { ActionIcon, Textarea, TextInput } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { addressOf, isLink } from '../grid/cells/fieldCell.ts';
import { plainText } from '../grid/display.ts';
import { prettyJson } from '../grid/editors/JsonEditor.tsx';
import type { InputProps } from './FieldInput.tsx';
import { useTextDraft } from './useTextDraft.ts';

/** Texts, numbers as the reader writes them, links that can be opened, JSON. */
export function TextInputField({ field, cell, label, error, locale, save }: InputProps) {
  const { t } = useTranslation();
  const format = field.type.name === 'JSON' ? prettyJson : plainText;
  const draft = useTextDraft(format(field, cell, locale), (text) => save({ text }));
  const shared = {
    label,
    error,
    description: field.column.description ?? undefined,
    withAsterisk: field.column.rqd,
    value: draft.text,
    autoComplete: 'off',
    onBlur: draft.leave,
  };
  if (field.type.name === 'LongText' || field.type.name === 'JSON') {
    const isCode = field.type.name === 'JSON';
    return (
      <Textarea
        {...shared}
        autosize
        minRows={3}
        maxRows={16}
        {...(isCode ? { ff: 'monospace', spellCheck: false } : {})}
        onChange={(event) => draft.type(event.currentTarget.value)}
      />
    );
  }
  const address = isLink(field) ? addressOf(field, cell) : undefined;
  return (
    <TextInput
      {...shared}
      {...(field.isNumeric ? { inputMode: 'decimal' as const } : {})}
      onChange={(event) => draft.type(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') draft.leave();
      }}
      rightSection={
        address === undefined ? undefined : (
          <ActionIcon
            component="a"
            href={address}
            target="_blank"
            rel="noopener noreferrer"
            variant="subtle"
            aria-label={t('record.open', { title: field.title })}
          >
            <IconExternalLink size={16} aria-hidden />
          </ActionIcon>
        )
      }
    />
  );
}
