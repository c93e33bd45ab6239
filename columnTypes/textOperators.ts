import {
  type AnyOperator,
  manyTexts,
  type OperatorTable,
  oneText,
  operatorTable,
  refuseValue,
} from './arguments.ts';
import type { FilterArgument } from './columnType.ts';
import {
  betweenOperators,
  type CompareWith,
  comparisonOperators,
  emptinessOperators,
  inOperator,
  otherwise,
} from './operators.ts';
import { all, any, type Condition, compare, type Expr, isNull, literalOf as literal, not } from './query.ts';

const patternOf = (text: string): string => (text.startsWith('%') || text.endsWith('%') ? text : `%${text}%`);

const like: AnyOperator = (column, argument) => ({
  kind: 'matchesPattern',
  of: column,
  pattern: patternOf(oneText(argument)),
});

const nlike: AnyOperator = (column, argument, options, context) => {
  const unmatched = not(like(column, argument, options, context));
  return column.storage === 'text'
    ? any([isNull(column), compare('=', column, ''), unmatched])
    : otherwise(column, unmatched);
};

/** Case-insensitive search; `%` is any run, and is added at both ends when at neither. */
export const likeOperators: OperatorTable = operatorTable({ like, nlike });

const lower = (of: Expr): Expr => ({ kind: 'call', name: 'lower', args: [of], storage: 'text' });
const equalsIgnoringCase = (column: Expr, text: string): Condition =>
  compare('=', lower(column), lower(literal(text, 'text')));

type HoldsItem = (column: Expr, item: string) => Condition;

/** The whole cell is the item: for choices, whose titles may hold commas. */
export const isItem: HoldsItem = equalsIgnoringCase;

/** The cell is the item, or a comma separated list that holds it. */
export const holdsItem: HoldsItem = (column, item) =>
  item.includes(',') ? equalsIgnoringCase(column, item) : { kind: 'hasItem', of: column, item };

/** anyof, allof and their opposites, without regard to case. */
export function listOperators(holds: HoldsItem): OperatorTable {
  const each = (column: Expr, argument: FilterArgument): Condition[] => {
    const items = manyTexts(argument).map((item) => item?.trim() ?? '');
    const wanted = [...new Set(items)].filter((item) => item !== '');
    if (wanted.length === 0)
      throw refuseValue('', 'This operator needs at least one value, e.g. (Field,anyof,a,b).');
    return wanted.map((item) => holds(column, item));
  };
  return operatorTable({
    anyof: (column, argument) => any(each(column, argument)),
    allof: (column, argument) => all(each(column, argument)),
    nanyof: (column, argument) => otherwise(column, not(any(each(column, argument)))),
    nallof: (column, argument) => otherwise(column, not(all(each(column, argument)))),
  });
}

/** How a type whose values are texts is filtered. */
export interface TextFiltering {
  /** Whether '' can be a value of a cell. */
  readonly emptyIsValue?: boolean;
  /** What a cell of the given text would hold, e.g. in lower case. */
  readonly normalise?: (text: string) => string;
  readonly holds?: HoldsItem;
}

/** Every operator, for types stored as text; equality minds the case. */
export function textOperators(filtering: TextFiltering = {}): OperatorTable {
  const { emptyIsValue = false, normalise = (text) => text, holds = holdsItem } = filtering;
  const compareWith: CompareWith = (column, op, text) => compare(op, column, normalise(text));
  const comparisons = comparisonOperators(compareWith, !emptyIsValue);
  return operatorTable(
    emptinessOperators,
    comparisons,
    { not: comparisons.neq, in: inOperator((_column, text) => normalise(text), !emptyIsValue) },
    betweenOperators(compareWith),
    likeOperators,
    listOperators(holds),
  );
}
