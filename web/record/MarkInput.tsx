import { Checkbox, ColorInput, Input, Rating } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { maxStars } from '../grid/cells/draw.ts';
import { swatches } from '../grid/editors/ColourEditor.tsx';
import type { InputProps } from './FieldInput.tsx';
import { useTextDraft } from './useTextDraft.ts';

/** A colour is stored when its picker is left, not with every step on the way. */
function ColourField({ cell, label, error, save }: InputProps) {
  const draft = useTextDraft(typeof cell === 'string' ? cell : '', (text) => save({ text }));
  return (
    <ColorInput
      label={label}
      error={error}
      format="hex"
      swatches={swatches}
      swatchesPerRow={9}
      withEyeDropper={false}
      value={draft.text}
      onChange={draft.type}
      onBlur={draft.leave}
    />
  );
}

/** Types a click changes: checkbox, stars, colour. */
export function MarkInput(props: InputProps) {
  const { t } = useTranslation();
  const { field, cell, label, error, save } = props;
  if (field.type.name === 'Colour') return <ColourField {...props} />;
  if (field.type.name === 'Checkbox')
    return (
      <Checkbox
        label={label}
        error={error}
        checked={cell === true}
        onChange={(event) => save({ input: event.currentTarget.checked })}
      />
    );
  return (
    <Input.Wrapper label={label} error={error} labelElement="div">
      <Rating
        count={maxStars(field)}
        value={Number(cell ?? 0)}
        getSymbolLabel={(stars) => t('record.stars', { count: stars })}
        aria-label={field.title}
        onChange={(stars) => save({ input: stars === cell || stars === 0 ? null : stars })}
      />
    </Input.Wrapper>
  );
}
