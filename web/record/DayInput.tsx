import { TextInput } from '@mantine/core';
import { localParts } from '../grid/display.ts';
import type { InputProps } from './FieldInput.tsx';
import { useTextDraft } from './useTextDraft.ts';

const kinds: Readonly<Record<string, string>> = { Date: 'date', DateTime: 'datetime-local', Time: 'time' };

/** Dates and times by the browser's own pickers, which speak the reader's language. */
export function DayInput({ field, cell, label, error, save }: InputProps) {
  const isMoment = field.type.name === 'DateTime';
  const stored =
    typeof cell !== 'string' ? '' : isMoment ? localParts(new Date(cell.replace(' ', 'T'))).join('T') : cell;
  const draft = useTextDraft(stored, (text) => {
    if (!isMoment || text === '') save({ input: text === '' ? null : text });
    else save({ input: new Date(text).toISOString() });
  });
  return (
    <TextInput
      type={kinds[field.type.name] ?? 'text'}
      step={field.type.name === 'Date' ? undefined : 1}
      label={label}
      error={error}
      description={field.column.description ?? undefined}
      withAsterisk={field.column.rqd}
      value={draft.text}
      onChange={(event) => draft.type(event.currentTarget.value)}
      onBlur={draft.leave}
    />
  );
}
