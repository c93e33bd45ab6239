import { useTranslation } from 'react-i18next';
import { EditorFrame } from './EditorFrame.tsx';
import classes from './editors.module.css';
import { useFocusAtEnd } from './TextEditor.tsx';
import { type EditorProps, useDraft } from './useDraft.ts';

/** Several lines; Shift+Enter makes a new one. */
export function LongTextEditor(props: EditorProps) {
  const { t } = useTranslation();
  const { field } = props.value.data;
  const draft = useDraft(props);
  const ref = useFocusAtEnd<HTMLTextAreaElement>(false);
  const readOnly = props.value.readonly === true;
  return (
    <EditorFrame
      title={field.title}
      refusal={draft.refusal}
      hint={readOnly ? undefined : t('grid.longTextHint')}
    >
      <textarea
        ref={ref}
        className={classes.input}
        style={{ width: Math.max(props.target.width, 320) }}
        rows={Math.min(16, Math.max(4, draft.text.split('\n').length + 1))}
        aria-label={field.title}
        aria-invalid={draft.refusal !== undefined}
        readOnly={readOnly}
        value={draft.text}
        onChange={(event) => draft.type(event.currentTarget.value)}
        onKeyDown={draft.onKeyDown}
      />
    </EditorFrame>
  );
}
