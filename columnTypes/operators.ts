import {
  type AnyOperator,
  isNullArgument,
  manyTexts,
  type OperatorTable,
  oneText,
  operatorTable,
  refuseValue,
  twoTexts,
} from './arguments.ts';
import type { FilterArgument } from './columnType.ts';
import {
  all,
  any,
  type Comparison,
  type Condition,
  compare,
  type Expr,
  isNotNull,
  isNull,
  type Value,
} from './query.ts';

/**
 * Operators that several types share. One rule runs through all: a negated
 * operator (neq, nlike, nbtw, nallof, nanyof, notchecked) keeps the rows
 * its positive form leaves out, empty cells included.
 */

/** `condition` does not hold, or the cell is empty. */
export const otherwise = (column: Expr, condition: Condition): Condition => any([isNull(column), condition]);

// --------------------------------------------------------------- emptiness

const isText = (column: Expr): boolean => column.storage === 'text';

const isEmpty = (column: Expr): Condition => (isText(column) ? compare('=', column, '') : isNull(column));
const isNotEmpty = (column: Expr): Condition =>
  isText(column) ? otherwise(column, compare('<>', column, '')) : isNotNull(column);
export const isBlank = (column: Expr): Condition =>
  isText(column) ? any([isNull(column), compare('=', column, '')]) : isNull(column);
export const isNotBlank = (column: Expr): Condition =>
  isText(column) ? compare('<>', column, '') : isNotNull(column);

/** The word of `is` as a condition and its opposite, both never unknown. */
function readWord(column: Expr, word: string): readonly [Condition, Condition] | undefined {
  const isBoolean = column.storage === 'boolean';
  switch (word) {
    case 'null':
      return [isNull(column), isNotNull(column)];
    case 'notnull':
      return [isNotNull(column), isNull(column)];
    case 'empty':
      return [isEmpty(column), isNotEmpty(column)];
    case 'notempty':
      return [isNotEmpty(column), isEmpty(column)];
    case 'blank':
      return [isBlank(column), isNotBlank(column)];
    case 'notblank':
      return [isNotBlank(column), isBlank(column)];
    case 'true':
    case 'false':
      if (!isBoolean) return undefined;
      return [
        compare('=', column, word === 'true'),
        otherwise(column, compare('<>', column, word === 'true')),
      ];
    default:
      return undefined;
  }
}

function testWord(column: Expr, argument: FilterArgument): readonly [Condition, Condition] {
  const given = isNullArgument(argument) ? 'null' : oneText(argument).trim();
  const conditions = readWord(column, given.toLowerCase());
  if (conditions === undefined) {
    throw refuseValue(
      given,
      `'is' knows null, notnull, empty, notempty, blank and notblank, not '${given}'.`,
    );
  }
  return conditions;
}

const is: AnyOperator = (column, argument) => testWord(column, argument)[0];
const isnot: AnyOperator = (column, argument) => testWord(column, argument)[1];

/** blank and notblank with all their names, is, isnot, and the grouping's own null test. */
export const blankOperators: OperatorTable = operatorTable({
  blank: isBlank,
  isblank: isBlank,
  is_blank: isBlank,
  notblank: isNotBlank,
  isnotblank: isNotBlank,
  is_notblank: isNotBlank,
  is_not_blank: isNotBlank,
  is,
  isnot,
  gb_null: isBlank,
});

/** Those, and null and empty with their opposites. */
export const emptinessOperators: OperatorTable = operatorTable(blankOperators, {
  null: isNull,
  notnull: isNotNull,
  empty: isEmpty,
  notempty: isNotEmpty,
});

// -------------------------------------------------------------- comparison

/** Compares a column with a value already understood; shared by all ordered types. */
export type CompareWith = (column: Expr, op: Comparison, text: string) => Condition;

type ComparisonName = 'eq' | 'neq' | 'gt' | 'gte' | 'ge' | 'lt' | 'lte' | 'le' | 'gb_eq';

/**
 * eq, neq and the ordering with their aliases.
 * @param emptyIsBlank whether eq and neq without value ask for empty cells
 */
export function comparisonOperators(
  compareWith: CompareWith,
  emptyIsBlank: boolean,
): Readonly<Record<ComparisonName, AnyOperator>> {
  const order =
    (op: Comparison): AnyOperator =>
    (column, argument) =>
      compareWith(column, op, oneText(argument));
  const eq: AnyOperator = (column, argument) => {
    if (isNullArgument(argument)) return isNull(column);
    const text = oneText(argument);
    return emptyIsBlank && text.trim() === '' ? isBlank(column) : compareWith(column, '=', text);
  };
  const neq: AnyOperator = (column, argument) => {
    if (isNullArgument(argument)) return isNotNull(column);
    const text = oneText(argument);
    if (emptyIsBlank && text.trim() === '') return isNotBlank(column);
    return otherwise(column, compareWith(column, '<>', text));
  };
  const [gt, ge, lt, le] = [order('>'), order('>='), order('<'), order('<=')];
  return { eq, neq, gt, gte: ge, ge, lt, lte: le, le, gb_eq: eq };
}

/** btw (both ends included) and nbtw. */
export function betweenOperators(compareWith: CompareWith): OperatorTable {
  return operatorTable({
    btw: (column, argument) => {
      const [low, high] = twoTexts(argument);
      return all([compareWith(column, '>=', low), compareWith(column, '<=', high)]);
    },
    nbtw: (column, argument) => {
      const [low, high] = twoTexts(argument);
      return otherwise(column, any([compareWith(column, '<', low), compareWith(column, '>', high)]));
    },
  });
}

/**
 * Member of a list; null and, where it cannot be a value, '' ask for empty cells.
 * @param read a text as a value of the column; undefined: no cell can hold it; throws InvalidFilter
 */
export function inOperator(
  read: (column: Expr, text: string) => Value | undefined,
  emptyIsBlank: boolean,
): AnyOperator {
  return (column, argument) => {
    const values: Value[] = [];
    let blank = false;
    for (const item of manyTexts(argument)) {
      if (item === null || (emptyIsBlank && item.trim() === '')) {
        blank = true;
        continue;
      }
      const value = read(column, item);
      if (value !== undefined) values.push(value);
    }
    const listed: Condition = { kind: 'in', of: column, values };
    if (!blank) return listed;
    return values.length === 0 ? isBlank(column) : any([isBlank(column), listed]);
  };
}
