import { columnTypes, findColumnType } from '../../../columnTypes/index.ts';

/** Types as a person looks for them; the words are in columns.types. */
const inOrder = [
  'SingleLineText',
  'LongText',
  'Number',
  'Decimal',
  'Currency',
  'Percent',
  'Checkbox',
  'SingleSelect',
  'MultiSelect',
  'Date',
  'DateTime',
  'Time',
  'Year',
  'Duration',
  'Rating',
  'Email',
  'URL',
  'PhoneNumber',
  'User',
  'JSON',
];

/** Keys and the manual order are made with the table, never added to it. */
const madeWithTable = new Set(['ID', 'Order']);

/** Types a person can choose: the usual ones first, then all others there are. */
export const offeredTypes: readonly string[] = [
  ...inOrder,
  ...columnTypes
    .map((type) => type.name)
    .filter((name) => !inOrder.includes(name) && !madeWithTable.has(name)),
];

/** Whether people fill fields of the type. */
export const isFilledByPeople = (uidt: string): boolean => findColumnType(uidt)?.filledBy === 'caller';

/** Whether a field of the type can be unique: what is equal there is stored equal. */
export function mayBeUnique(uidt: string): boolean {
  const type = findColumnType(uidt);
  return type !== undefined && !['list', 'people', 'person', 'json'].includes(type.json);
}

/** Colours for the options of a select, light enough for dark words. */
export const choiceColors = [
  '#cfdffe',
  '#d0f1fd',
  '#c2f5e8',
  '#d1f7c4',
  '#ffeab6',
  '#fee2d5',
  '#ffdce5',
  '#ffdaf6',
  '#ede2fe',
  '#eeeeee',
];
