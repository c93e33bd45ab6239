import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';

/**
 * A text as it is being typed, passed on when the typing pauses. What comes from
 * outside replaces it only while it is not being edited.
 */
export function useTypedText(value: string, onCommit: (text: string) => void, wait = 500) {
  const [text, setText] = useState(value);
  const editing = useRef(false);
  useEffect(() => {
    if (!editing.current) setText(value);
  }, [value]);
  const commit = useDebouncedCallback(
    (next: string) => {
      editing.current = false;
      onCommit(next);
    },
    { delay: wait, flushOnUnmount: true },
  );
  return {
    text,
    type: (next: string) => {
      editing.current = true;
      setText(next);
      commit(next);
    },
    /** Without waiting: Enter, or leaving the field. */
    flush: () => commit.flush(),
  };
}
