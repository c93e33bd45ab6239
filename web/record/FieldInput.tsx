import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CellValue } from '../api/shapes.ts';
import type { Edited } from '../grid/cells/fieldCell.ts';
import { RefusedCells } from '../grid/commands.ts';
import { type Field, type Person, parseInput, type Refusal } from '../grid/field.ts';
import { parseText } from '../grid/localInput.ts';
import { useLocale } from '../grid/useLocale.ts';
import { explain } from '../ui/notify.ts';
import { TypeIcon } from '../ui/TypeIcon.tsx';
import { ChoiceInput } from './ChoiceInput.tsx';
import { DayInput } from './DayInput.tsx';
import { MarkInput } from './MarkInput.tsx';
import { ReadField } from './ReadField.tsx';
import classes from './record.module.css';
import { TextInputField } from './TextInputField.tsx';

export interface FieldInputProps {
  readonly field: Field;
  readonly cell: CellValue;
  readonly people: readonly Person[];
  readonly readOnly: boolean;
  /** A rejection is told beside the field. */
  readonly onSave: (edited: Edited) => Promise<void>;
  /** What is wrong without anything typed. */
  readonly missing?: boolean;
}

/** What the inputs of all types share: their label, what is wrong, how to store. */
export interface InputProps extends FieldInputProps {
  readonly label: React.ReactNode;
  readonly error: string | undefined;
  readonly locale: string;
  /** Stores what fits, says why the rest does not. */
  readonly save: (edited: Edited) => void;
}

const byType: Readonly<Record<string, (props: InputProps) => React.ReactNode>> = {
  Checkbox: MarkInput,
  Rating: MarkInput,
  Colour: MarkInput,
  Date: DayInput,
  DateTime: DayInput,
  Time: DayInput,
  SingleSelect: ChoiceInput,
  MultiSelect: ChoiceInput,
  User: ChoiceInput,
};

const explainRefusal = (refusal: unknown): string =>
  explain(refusal instanceof RefusedCells ? refusal.reason : refusal);

/** The form editor of a field by its type. */
export function FieldInput(props: FieldInputProps) {
  const { field, people, readOnly, onSave } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const [error, setError] = useState<string>();
  function save(edited: Edited): void {
    const parsed: { readonly value: unknown } | Refusal =
      'text' in edited
        ? parseText(field, edited.text, people, locale)
        : parseInput(field, edited.input, people);
    const missing = 'value' in parsed && parsed.value === null && field.column.rqd;
    const reason = 'reason' in parsed ? parsed.reason : missing ? t('grid.mustBeFilled') : undefined;
    setError(reason === undefined ? undefined : t('grid.refused', { title: field.title, reason }));
    if (reason === undefined) onSave(edited).catch((refusal: unknown) => setError(explainRefusal(refusal)));
  }
  const absent = props.missing === true && error === undefined;
  const shown = absent ? t('grid.refused', { title: field.title, reason: t('grid.mustBeFilled') }) : error;
  const label = (
    <span className={classes.label}>
      <TypeIcon type={field.column.uidt} size={14} />
      {field.title}
    </span>
  );
  if (readOnly) return <ReadField field={field} cell={props.cell} label={label} locale={locale} />;
  const Input = byType[field.type.name] ?? TextInputField;
  return <Input {...props} label={label} error={shown} locale={locale} save={save} />;
}
