import { personName } from '../display.ts';
import type { Field, Person } from '../field.ts';
import type { ChoiceItem } from './ChoiceList.tsx';

/** Whether a cell may hold several of its choices. */
export const isSeveral = (field: Field): boolean =>
  field.type.name === 'MultiSelect' ||
  (field.type.name === 'User' && (field.options as { is_multi?: boolean }).is_multi === true);

/** What can be chosen in a cell: options of a select, members of the base. */
export function choiceItems(field: Field, people: readonly Person[]): ChoiceItem[] {
  if (field.type.json === 'people')
    return people.map((person) => ({ value: person.id, label: personName(person), color: undefined }));
  return (field.column.colOptions?.options ?? []).map(({ title, color }) => ({
    value: title,
    label: title,
    color,
  }));
}
