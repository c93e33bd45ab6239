import { findColumnType } from '../../columnTypes/index.ts';
import type { Column } from '../api/shapes.ts';
import type { Filter } from '../api/viewShapes.ts';

/** Types that are filtered in the same words. */
export type Family =
  | 'text'
  | 'number'
  | 'date'
  | 'time'
  | 'checkbox'
  | 'choice'
  | 'choices'
  | 'people'
  | 'person'
  | 'json';

const blank = ['blank', 'notblank'];
const order = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte'];

/** What a person can choose, the likeliest first; the wire knows more. */
export const operatorsOf: Readonly<Record<Family, readonly string[]>> = {
  text: ['like', 'nlike', 'eq', 'neq', ...blank],
  number: [...order, 'btw', 'nbtw', ...blank],
  date: [...order, 'isWithin', ...blank],
  time: [...order, ...blank],
  checkbox: ['checked', 'notchecked'],
  choice: ['eq', 'neq', 'anyof', 'nanyof', ...blank],
  choices: ['anyof', 'allof', 'nanyof', 'nallof', ...blank],
  people: ['anyof', 'allof', 'nanyof', 'nallof', ...blank],
  person: ['anyof', 'nanyof', ...blank],
  json: ['like', 'nlike', ...blank],
};

export function familyOf(column: Pick<Column, 'uidt'>): Family {
  const type = findColumnType(column.uidt);
  if (type === undefined) return 'text';
  switch (type.storage) {
    case 'boolean':
      return 'checkbox';
    case 'date':
    case 'datetime':
      return 'date';
    case 'time':
      return 'time';
    case 'json':
      return 'json';
    case 'integer':
    case 'decimal':
      return 'number';
    case 'text':
      if (type.json === 'people' || type.json === 'person') return type.json;
      if (type.json === 'list') return 'choices';
      return type.name === 'SingleSelect' ? 'choice' : 'text';
  }
}

export type ValueKind = 'none' | 'one' | 'two' | 'many' | 'day' | 'span';

/** What stands behind an operator. */
export function valueKindOf(family: Family, operator: string | null): ValueKind {
  switch (operator) {
    case null:
    case 'blank':
    case 'notblank':
    case 'null':
    case 'notnull':
    case 'empty':
    case 'notempty':
    case 'checked':
    case 'notchecked':
      return 'none';
    case 'anyof':
    case 'nanyof':
    case 'allof':
    case 'nallof':
    case 'in':
      return 'many';
    case 'btw':
    case 'nbtw':
      return 'two';
    case 'isWithin':
      return 'span';
    default:
      return family === 'date' ? 'day' : 'one';
  }
}

/** Words that say which day is meant; those with a number ask for it. */
export const dayWords = [
  'today',
  'tomorrow',
  'yesterday',
  'oneWeekAgo',
  'oneWeekFromNow',
  'oneMonthAgo',
  'oneMonthFromNow',
  'daysAgo',
  'daysFromNow',
  'exactDate',
] as const;
export const spanWords = [
  'pastWeek',
  'pastMonth',
  'pastYear',
  'nextWeek',
  'nextMonth',
  'nextYear',
  'pastNumberOfDays',
  'nextNumberOfDays',
] as const;

const withNumber = new Set(['daysAgo', 'daysFromNow', 'pastNumberOfDays', 'nextNumberOfDays']);

/** What a day or span word asks for besides itself. */
export const askedBy = (word: string | null): 'number' | 'date' | null =>
  word === null ? null : withNumber.has(word) ? 'number' : word === 'exactDate' ? 'date' : null;

/** What a filter begins with, or becomes when its operator changes: values that no longer fit go. */
export function chooseOperator(
  family: Family,
  operator: string,
  before?: Filter,
): Pick<Filter, 'comparison_op' | 'comparison_sub_op' | 'value'> {
  const kind = valueKindOf(family, operator);
  const same = before !== undefined && valueKindOf(family, before.comparison_op) === kind;
  const word = kind === 'day' ? 'exactDate' : kind === 'span' ? 'pastWeek' : null;
  return {
    comparison_op: operator,
    comparison_sub_op: same ? before.comparison_sub_op : word,
    value: same ? before.value : null,
  };
}

/** Whether a filter filters: conditions that are not filled in do nothing. */
export function isFilled(filter: Filter, columns: readonly Column[]): boolean {
  if (filter.is_group === true || filter.enabled === false) return false;
  const column = columns.find(({ id }) => id === filter.fk_column_id);
  if (column === undefined || filter.comparison_op === null) return false;
  const kind = valueKindOf(familyOf(column), filter.comparison_op);
  if (kind === 'none') return true;
  if (kind === 'day' || kind === 'span') {
    if (filter.comparison_sub_op !== null && askedBy(filter.comparison_sub_op) === null) return true;
  }
  const { value } = filter;
  return value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}
