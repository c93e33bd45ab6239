import type { ProvideEditorComponent } from '@glideapps/glide-data-grid';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import type { Edited, FieldCell } from '../cells/fieldCell.ts';
import { plainText } from '../display.ts';
import { useGridContext } from '../gridContext.ts';
import { parseText } from '../localInput.ts';

export type EditorProps = Parameters<ProvideEditorComponent<FieldCell>>[0];

/** The cell with what was edited, as the grid takes it. */
export const editedCell = (cell: FieldCell, edited: Edited): FieldCell => ({
  ...cell,
  data: { ...cell.data, edited },
});

/**
 * What was typed to open an editor: `take` gets the whole of it, also keys that
 * came while the editor was on its way. From its first painting on, keys go to
 * the editor itself.
 */
export function useTyped(initialValue: string | undefined, take: (text: string) => void): string | undefined {
  const { typed } = useGridContext();
  const [start] = useState(() => (typed.current === '' ? initialValue : typed.current));
  const first = useRef(take);
  useLayoutEffect(() => {
    if (start !== undefined) first.current(typed.current === '' ? start : typed.current);
    typed.current = '';
  }, [start, typed]);
  return start;
}

/**
 * The keys that end editing. They are kept from the grid, whose own handling
 * loses an edit when Enter follows a letter at once.
 * @param edited what to store; undefined when nothing was changed
 * @param stay the text does not fit: Enter and Tab keep the editor open
 */
export function endByKey(
  event: KeyboardEvent,
  { value, onFinishedEditing }: EditorProps,
  edited: Edited | undefined,
  stay = false,
): void {
  event.stopPropagation();
  if (event.nativeEvent.isComposing) return;
  const movement: Movement | undefined =
    event.key === 'Escape'
      ? [0, 0]
      : event.key === 'Enter' && !event.shiftKey
        ? [0, 1]
        : event.key === 'Tab'
          ? [event.shiftKey ? -1 : 1, 0]
          : undefined;
  if (movement === undefined) return;
  event.preventDefault();
  if (event.key === 'Escape' || edited === undefined) onFinishedEditing(undefined, movement);
  else if (!stay) onFinishedEditing(editedCell(value, edited), movement);
}

type Movement = readonly [-1 | 0 | 1, -1 | 0 | 1];

/**
 * A cell being edited as text. What does not fit says so beside the field, and
 * Enter and Tab keep the editor open until it does.
 * @param format what the text starts with, unless a key was typed to replace it
 */
export function useDraft(props: EditorProps, format = plainText) {
  const { value, initialValue, onChange } = props;
  const { locale, people } = useGridContext();
  const { field, cell } = value.data;
  const edited = useRef<Edited>(undefined);
  const start = useTyped(initialValue, type);
  const [text, setText] = useState(() => start ?? format(field, cell, locale));
  const parsed = parseText(field, text, people, locale);
  const refusal = 'reason' in parsed ? parsed.reason : undefined;

  function type(next: string): void {
    setText(next);
    edited.current = { text: next };
    onChange(editedCell(value, edited.current));
  }
  const onKeyDown = (event: KeyboardEvent): void =>
    endByKey(event, props, edited.current, refusal !== undefined);
  return { text, type, onKeyDown, refusal, value: 'value' in parsed ? parsed.value : undefined };
}
