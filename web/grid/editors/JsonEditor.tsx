import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CellValue } from '../../api/shapes.ts';
import type { Field } from '../field.ts';
import { EditorFrame } from './EditorFrame.tsx';
import classes from './editors.module.css';
import { useFocusAtEnd } from './TextEditor.tsx';
import { type EditorProps, useDraft } from './useDraft.ts';

/** JSON as people read it. */
export const prettyJson = (_field: Field, cell: CellValue): string =>
  cell === null || cell === undefined ? '' : JSON.stringify(cell, null, 2);

/** JSON with its faults told while typing; Enter makes a new line, Ctrl+Enter saves. */
export function JsonEditor(props: EditorProps) {
  const { t } = useTranslation();
  const { field } = props.value.data;
  const draft = useDraft(props, prettyJson);
  const ref = useFocusAtEnd<HTMLTextAreaElement>(false);
  const readOnly = props.value.readonly === true;
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !readOnly) event.stopPropagation();
    else draft.onKeyDown(event);
  }
  return (
    <EditorFrame title={field.title} refusal={draft.refusal} hint={readOnly ? undefined : t('grid.jsonHint')}>
      <textarea
        ref={ref}
        className={`${classes.input} ${classes.code}`}
        style={{ width: Math.max(props.target.width, 360) }}
        rows={Math.min(18, Math.max(5, draft.text.split('\n').length + 1))}
        spellCheck={false}
        aria-label={field.title}
        aria-invalid={draft.refusal !== undefined}
        readOnly={readOnly}
        value={draft.text}
        onChange={(event) => draft.type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </EditorFrame>
  );
}
