import { ColorPicker, DEFAULT_THEME } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EditorFrame } from './EditorFrame.tsx';
import classes from './editors.module.css';
import { useFocusAtEnd } from './TextEditor.tsx';
import { type EditorProps, useDraft } from './useDraft.ts';

const names = ['gray', 'red', 'pink', 'violet', 'blue', 'cyan', 'green', 'yellow', 'orange'] as const;
export const swatches = names.flatMap((name) => DEFAULT_THEME.colors[name][6] ?? []);

/** A colour typed or picked. */
export function ColourEditor(props: EditorProps) {
  const { t } = useTranslation();
  const { field } = props.value.data;
  const draft = useDraft(props);
  const ref = useFocusAtEnd<HTMLInputElement>(true);
  return (
    <EditorFrame title={field.title} refusal={draft.refusal}>
      <input
        ref={ref}
        className={classes.input}
        aria-label={field.title}
        aria-invalid={draft.refusal !== undefined}
        autoComplete="off"
        value={draft.text}
        onChange={(event) => draft.type(event.currentTarget.value)}
        onKeyDown={draft.onKeyDown}
      />
      <div className={classes.panel}>
        <ColorPicker
          format="hex"
          size="sm"
          swatches={swatches}
          swatchesPerRow={9}
          saturationLabel={t('grid.saturation')}
          hueLabel={t('grid.hue')}
          value={typeof draft.value === 'string' ? draft.value : ''}
          onChange={draft.type}
        />
      </div>
    </EditorFrame>
  );
}
