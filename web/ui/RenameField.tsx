import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { notifyError } from './notify.ts';

interface RenameFieldProps {
  readonly label: string;
  readonly value: string;
  readonly maxLength?: number;
  /** A rejection is shown and the field stays open. */
  readonly onSave: (value: string) => Promise<unknown>;
  /** After saving and after giving up. */
  readonly onEnd: () => void;
}

/** A title that is being changed where it stands: Enter and leaving save, Escape gives up. */
export function RenameField({ label, value, maxLength = 255, onSave, onEnd }: RenameFieldProps) {
  const [text, setText] = useState(value);
  const ended = useRef(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  async function save(): Promise<void> {
    if (ended.current) return;
    const title = text.trim();
    if (title === '' || title === value) return giveUp();
    ended.current = true;
    try {
      await onSave(title);
      onEnd();
    } catch (error) {
      ended.current = false;
      notifyError(error);
    }
  }
  function giveUp(): void {
    ended.current = true;
    onEnd();
  }

  return (
    <TextInput
      aria-label={label}
      size="xs"
      flex={1}
      miw={0}
      value={text}
      maxLength={maxLength}
      ref={field}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => void save()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') void save();
        if (event.key === 'Escape') giveUp();
      }}
    />
  );
}
