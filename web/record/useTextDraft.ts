import { useEffect, useRef, useState } from 'react';

/** A text as it is typed; what others store shows unless somebody is typing here. */
export function useTextDraft(stored: string, onSave: (text: string) => void) {
  const [text, setText] = useState(stored);
  const typing = useRef(false);
  useEffect(() => {
    if (!typing.current) setText(stored);
  }, [stored]);
  return {
    text,
    type: (next: string) => {
      typing.current = true;
      setText(next);
    },
    /** The field was left: stores what changed. */
    leave: () => {
      typing.current = false;
      if (text !== stored) onSave(text);
    },
  };
}
