import { type OperatorTable, operatorTable, refuseValue } from './arguments.ts';
import { largestInteger, type ReadNumber, readDecimal, smallestInteger, toInteger } from './decimals.ts';
import {
  betweenOperators,
  type CompareWith,
  comparisonOperators,
  emptinessOperators,
  inOperator,
} from './operators.ts';
import { type Comparison, type Condition, compare, type Expr, type Value } from './query.ts';
import { likeOperators } from './textOperators.ts';
import { shorten } from './texts.ts';

/** True, or false, for every cell; unknown for an empty one, as a comparison is. */
const everyCell = (column: Expr): Condition => compare('>=', column, smallestInteger);
const noCell = (column: Expr): Condition => compare('<', column, smallestInteger);

/** The largest integer not above. */
function floor(digits: string): bigint {
  const [whole = '0', fraction] = digits.split('.');
  return fraction !== undefined && digits.startsWith('-') ? BigInt(whole) - 1n : BigInt(whole);
}

/**
 * Compares a column of integers with any decimal, exactly, in integers only:
 * no engine has to decide what an integer beside a fraction is.
 */
function compareInteger(column: Expr, op: Comparison, digits: string): Condition {
  const value = toInteger(digits);
  if (value !== undefined) return compare(op, column, value);
  const below = floor(digits); // the argument lies between `below` and `below + 1`, or out of range
  const isUpward = op === '>' || op === '>=';
  if (op === '=') return noCell(column);
  if (op === '<>') return everyCell(column);
  if (below < smallestInteger) return isUpward ? everyCell(column) : noCell(column);
  if (below > largestInteger) return isUpward ? noCell(column) : everyCell(column);
  return compare(isUpward ? '>' : '<=', column, toInteger(String(below)) ?? below);
}

function buildOperators(typeName: string, read: ReadNumber, isKey: boolean): OperatorTable {
  const readArgument = (text: string): string => {
    const digits = read(text.trim());
    if (digits === undefined)
      throw refuseValue(text, `Value ${shorten(text)} is not supported for type ${typeName}`);
    return digits;
  };
  const compareWith: CompareWith = (column, op, text) => {
    const digits = readArgument(text);
    return column.storage === 'integer' ? compareInteger(column, op, digits) : compare(op, column, digits);
  };
  const readItem = (column: Expr, text: string): Value | undefined => {
    const digits = readArgument(text);
    return column.storage === 'integer' ? toInteger(digits) : digits;
  };
  const comparisons = comparisonOperators(compareWith, true);
  return operatorTable(
    emptinessOperators,
    comparisons,
    { in: inOperator(readItem, true) },
    isKey ? { not: comparisons.neq } : {},
    betweenOperators(compareWith),
    likeOperators,
  );
}

/**
 * What types of numbers are filtered by.
 * @param typeName named in the refusal of a value that is no number
 * @param read how the type writes numbers, besides plain digits
 */
export const numberOperators = (typeName: string, read: ReadNumber = readDecimal): OperatorTable =>
  buildOperators(typeName, read, false);

/** Those of numbers and `not`, for keys and running numbers, to which the wire forbids nothing. */
export const keyOperators = (typeName: string): OperatorTable => buildOperators(typeName, readDecimal, true);
