import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Column } from '../api/shapes.ts';
import { familyOf } from './operators.ts';
import { useTypedText } from './useTypedText.ts';

interface TypedValueProps {
  readonly column: Column;
  readonly label: string;
  readonly text: string;
  readonly readOnly: boolean;
  readonly refusal?: string | undefined;
  readonly onCommit: (text: string) => void;
}

/** A value that is typed: a text, a number or a time of day. */
export function TypedValue({ column, label, text, readOnly, refusal, onCommit }: TypedValueProps) {
  const { t } = useTranslation();
  const typed = useTypedText(text, onCommit);
  const family = familyOf(column);
  return (
    <TextInput
      size="xs"
      flex={1}
      miw={60}
      aria-label={label}
      placeholder={family === 'time' ? '' : t('views.enterValue')}
      // a number may be written as the type reads it, e.g. 1:30 or 5 €: no number input
      type={family === 'time' ? 'time' : 'text'}
      inputMode={family === 'number' ? 'decimal' : 'text'}
      value={typed.text}
      error={refusal}
      readOnly={readOnly}
      onChange={(event) => typed.type(event.currentTarget.value)}
      onBlur={typed.flush}
      onKeyDown={(event) => {
        if (event.key === 'Enter') typed.flush();
      }}
    />
  );
}
