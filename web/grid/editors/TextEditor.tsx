import { type HTMLAttributes, useLayoutEffect, useRef } from 'react';
import { EditorFrame } from './EditorFrame.tsx';
import classes from './editors.module.css';
import { type EditorProps, useDraft } from './useDraft.ts';

const modes: Readonly<Record<string, HTMLAttributes<HTMLInputElement>['inputMode']>> = {
  Number: 'decimal',
  Decimal: 'decimal',
  Currency: 'decimal',
  Percent: 'decimal',
  Year: 'numeric',
  Rating: 'numeric',
  Email: 'email',
  URL: 'url',
  PhoneNumber: 'tel',
};

/** Puts the caret behind the text, or selects all of it. */
export function useFocusAtEnd<T extends HTMLInputElement | HTMLTextAreaElement>(selectAll: boolean) {
  const ref = useRef<T>(null);
  useLayoutEffect(() => {
    const input = ref.current;
    if (input === null) return;
    input.focus({ preventScroll: true });
    input.setSelectionRange(selectAll ? 0 : input.value.length, input.value.length);
  }, [selectAll]);
  return ref;
}

/** One line of text: also numbers, as the reader's language writes them. */
export function TextEditor(props: EditorProps) {
  const { field } = props.value.data;
  const draft = useDraft(props);
  const ref = useFocusAtEnd<HTMLInputElement>(props.isHighlighted);
  return (
    <EditorFrame title={field.title} refusal={draft.refusal}>
      <input
        ref={ref}
        className={classes.input}
        aria-label={field.title}
        aria-invalid={draft.refusal !== undefined}
        inputMode={modes[field.type.name]}
        data-numeric={field.isNumeric || undefined}
        readOnly={props.value.readonly === true}
        autoComplete="off"
        value={draft.text}
        onChange={(event) => draft.type(event.currentTarget.value)}
        onKeyDown={draft.onKeyDown}
      />
    </EditorFrame>
  );
}
