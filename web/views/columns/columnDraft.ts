import type { ChoiceOption, Column } from '../../api/shapes.ts';
import { choiceColors, isFilledByPeople, mayBeUnique } from './columnKinds.ts';

/** One option of a select while it is edited; `key` lasts as long as the form. */
export interface ChoiceDraft {
  readonly key: string;
  readonly id?: string;
  readonly title: string;
  readonly color: string;
}

/** A field while it is edited. */
export interface ColumnDraft {
  readonly title: string;
  readonly uidt: string;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly choices: readonly ChoiceDraft[];
  readonly defaultValue: string;
  readonly required: boolean;
  readonly unique: boolean;
  readonly description: string;
}

let lastKey = 0;
const newKey = (): string => `choice${++lastKey}`;

export const newChoice = (index: number, title = ''): ChoiceDraft => ({
  key: newKey(),
  title,
  color: choiceColors[index % choiceColors.length] ?? '',
});

const draftChoice = (choice: ChoiceOption, index: number): ChoiceDraft => ({
  ...newChoice(index, choice.title),
  ...(choice.id === undefined ? {} : { id: choice.id }),
  ...(choice.color === undefined ? {} : { color: choice.color }),
});

/** What the form begins with. */
export const draftOf = (column: Column | undefined): ColumnDraft => ({
  title: column?.title ?? '',
  uidt: column?.uidt ?? 'SingleLineText',
  meta: column?.meta ?? {},
  choices: (column?.colOptions?.options ?? []).map(draftChoice),
  defaultValue: column?.cdf ?? '',
  required: column?.rqd ?? false,
  unique: column?.unique ?? false,
  description: column?.description ?? '',
});

export const takesChoices = (uidt: string): boolean => uidt === 'SingleSelect' || uidt === 'MultiSelect';

/** Settings of `meta` that the form has for a type; others a client left there stay with their own type. */
const settingsOf: Readonly<Record<string, readonly string[]>> = {
  Decimal: ['precision'],
  Percent: ['precision'],
  Currency: ['precision', 'currency_code'],
  Rating: ['max'],
  Duration: ['duration'],
  Date: ['date_format'],
  DateTime: ['date_format'],
  CreatedTime: ['date_format'],
  LastModifiedTime: ['date_format'],
  User: ['is_multi'],
  Email: ['validate'],
  URL: ['validate'],
  PhoneNumber: ['validate'],
};

export const hasSetting = (uidt: string, name: string): boolean => settingsOf[uidt]?.includes(name) === true;

/** Another type: what means nothing to it goes. */
export function changeType(draft: ColumnDraft, uidt: string): ColumnDraft {
  const keep = Object.entries(draft.meta).filter(([name]) => hasSetting(uidt, name));
  const choices =
    takesChoices(uidt) && draft.choices.length === 0 && draft.uidt !== uidt ? [] : draft.choices;
  return {
    ...draft,
    uidt,
    choices,
    meta: {
      ...Object.fromEntries(keep),
      ...(uidt === 'Rating' && draft.meta.max === undefined && { max: 5 }),
    },
    defaultValue: isFilledByPeople(uidt) ? draft.defaultValue : '',
    required: isFilledByPeople(uidt) && draft.required,
    unique: mayBeUnique(uidt) && draft.unique,
  };
}

/** A field as the wire takes it; of a field there is, only what changed. */
export function bodyOf(draft: ColumnDraft, column: Column | undefined): Record<string, unknown> {
  const before = draftOf(column);
  const isNew = column === undefined;
  const retyped = !isNew && draft.uidt !== column.uidt;
  const choices = draft.choices
    .filter((choice) => choice.title.trim() !== '')
    .map(({ id, title, color }) => ({ ...(id === undefined ? {} : { id }), title: title.trim(), color }));
  const plain = (list: readonly ChoiceDraft[]) => JSON.stringify(list.map(({ key: _, ...rest }) => rest));
  const choicesChanged = plain(draft.choices) !== plain(before.choices);
  // A select made of a text field without options of its own takes them from the values.
  const sendsChoices = takesChoices(draft.uidt) && (isNew || choicesChanged);
  const changed = (a: unknown, b: unknown): boolean => isNew || JSON.stringify(a) !== JSON.stringify(b);
  return {
    ...(changed(draft.title, before.title) && { title: draft.title.trim() }),
    ...((isNew || retyped) && { uidt: draft.uidt }),
    ...((retyped || changed(draft.meta, before.meta)) && { meta: draft.meta }),
    ...(sendsChoices && { colOptions: { options: choices } }),
    ...(changed(draft.defaultValue, before.defaultValue) && {
      cdf: draft.defaultValue === '' ? null : draft.defaultValue,
    }),
    ...(changed(draft.required, before.required) && { rqd: draft.required }),
    ...(changed(draft.unique, before.unique) && { unique: draft.unique }),
    ...(changed(draft.description, before.description) && { description: draft.description || null }),
  };
}
