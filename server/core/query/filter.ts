import { type FilterContext, InvalidFilter } from '../../../columnTypes/columnType.ts';
import { columnTypes } from '../../../columnTypes/index.ts';
import { all, always, any, type Condition, columnOf, not } from '../../../columnTypes/query.ts';
import { AppError } from '../errors.ts';
import type { Column, Table } from '../model.ts';
import { shorten } from '../records/text.ts';
import { checkFilterSize } from './limits.ts';
import type { FilterNode, FilterTerm } from './request.ts';

let operatorWords: ReadonlySet<string> | undefined;

/** Whether any column type knows the operator: tells a misspelt word from one that does not fit the type. */
function isOperatorWord(word: string): boolean {
  operatorWords ??= new Set(columnTypes.flatMap((type) => Object.keys(type.operators)));
  return operatorWords.has(word);
}

function refuseOperator(term: FilterTerm, column: Column): AppError {
  if (!isOperatorWord(term.operator))
    return new AppError('UNPROCESSABLE', `${shorten(term.operator)} is not supported.`);
  return new AppError(
    'FILTER_VERIFICATION_FAILED',
    `Filter verification failed: Operation ${term.operator} is not supported for type ${column.type.name} on column ${column.title}`,
  );
}

function explain(error: InvalidFilter, term: FilterTerm, column: Column): AppError {
  if (error.reason === 'unsupportedOperator') return refuseOperator(term, column);
  if (error.reason === 'unsupportedSub') {
    return new AppError(
      'UNPROCESSABLE',
      error.message === '' ? `'${error.given}' is not supported.` : error.message,
    );
  }
  return new AppError(
    'FILTER_VERIFICATION_FAILED',
    `Filter verification failed: Value ${shorten(error.given)} is not supported for type ${column.type.name} on column ${column.title}`,
  );
}

/** One term as a condition. Throws as planFilter does. */
export function planTerm(table: Table, term: FilterTerm, context: FilterContext): Condition {
  const column = table.columnByName.get(term.field);
  if (column === undefined)
    throw new AppError('UNPROCESSABLE', `Column alias '${shorten(term.field)}' not found.`);
  const { operators } = column.type;
  const operator = Object.hasOwn(operators, term.operator) ? operators[term.operator] : undefined;
  if (operator === undefined) throw refuseOperator(term, column);
  try {
    const condition = operator(columnOf(column.name, column.storage), term.argument, column.options, context);
    return term.not ? not(condition) : condition;
  } catch (error) {
    if (error instanceof InvalidFilter) throw explain(error, term, column);
    throw error;
  }
}

/** undefined: an empty group, which filters nothing wherever it stands. */
function planNode(table: Table, node: FilterNode, context: FilterContext): Condition | undefined {
  if (node.kind === 'term') return planTerm(table, node, context);
  const parts: Condition[] = [];
  for (const child of node.of) {
    const part = planNode(table, child, context);
    if (part !== undefined) parts.push(part);
  }
  if (parts.length === 0) return undefined;
  const joined = node.logic === 'and' ? all(parts) : any(parts);
  return node.not ? not(joined) : joined;
}

/**
 * A filter as a condition. Throws UNPROCESSABLE for unknown fields, operators
 * and date words and for filters over the limits, FILTER_VERIFICATION_FAILED
 * for an operator or value that does not fit the column's type.
 */
export function planFilter(table: Table, where: FilterNode | undefined, context: FilterContext): Condition {
  if (where === undefined) return always;
  checkFilterSize(where);
  return planNode(table, where, context) ?? always;
}
