import type { FilterArgument, FilterContext } from '../../../columnTypes/columnType.ts';
import { all, any, type Condition } from '../../../columnTypes/query.ts';
import { AppError } from '../errors.ts';
import type { Table, ViewFilter } from '../model.ts';
import { planTerm } from './filter.ts';
import type { SortTerm } from './request.ts';
import { requireView } from './view.ts';

/** What the filters of a view mean, in the words of a request. */

type Term = Pick<ViewFilter, 'columnId' | 'operator' | 'subOperator' | 'value'>;

const isEmptyValue = ({ value }: Term): boolean =>
  value === null || value === '' || (typeof value !== 'string' && value.length === 0);

function argumentOf(term: Term): FilterArgument {
  const { value, subOperator } = term;
  const sub = subOperator === null ? [] : [subOperator];
  if (value === null || isEmptyValue(term)) return { text: subOperator, items: sub };
  const text = typeof value === 'string' ? value : value.map((item) => item ?? 'null').join(',');
  const items = typeof value === 'string' ? value.split(',') : value;
  return { text: [...sub, text].join(','), items: [...sub, ...items] };
}

/**
 * One filter as a condition; undefined while it is not filled in: without
 * field, operator or the value its operator needs. Throws UNPROCESSABLE and
 * FILTER_VERIFICATION_FAILED for what is filled in wrongly.
 */
export function planViewTerm(table: Table, term: Term, context: FilterContext): Condition | undefined {
  const column = table.columns.find(({ id }) => id === term.columnId);
  if (column === undefined || term.operator === null) return undefined;
  const asked = {
    kind: 'term' as const,
    field: column.title,
    operator: term.operator,
    argument: argumentOf(term),
    not: false,
  };
  try {
    return planTerm(table, asked, context);
  } catch (error) {
    const known = Object.hasOwn(column.type.operators, term.operator);
    if (known && isEmptyValue(term) && error instanceof AppError) return undefined;
    throw error;
  }
}

function planNode(table: Table, filter: ViewFilter, context: FilterContext): Condition | undefined {
  if (!filter.enabled) return undefined;
  return filter.group
    ? planViewFilters(table, filter.children, context)
    : planViewTerm(table, filter, context);
}

/** Filters joined in their order, and binding tighter than or; undefined when none of them filters. */
export function planViewFilters(
  table: Table,
  filters: readonly ViewFilter[],
  context: FilterContext,
): Condition | undefined {
  const chains: Condition[][] = [];
  for (const filter of filters) {
    const condition = planNode(table, filter, context);
    if (condition === undefined) continue;
    const chain = filter.logic === 'or' ? undefined : chains.at(-1);
    if (chain === undefined) chains.push([condition]);
    else chain.push(condition);
  }
  return chains.length === 0 ? undefined : any(chains.map(all));
}

/** The order a view asks for; none without a view. Throws VIEW_NOT_FOUND. */
export function viewSort(table: Table, viewId: string | undefined): SortTerm[] {
  if (viewId === undefined) return [];
  return requireView(table, viewId).sorts.flatMap(({ columnId, direction }) => {
    const column = table.columns.find(({ id }) => id === columnId);
    return column === undefined ? [] : [{ field: column.title, direction }];
  });
}
