import type { AppError } from '../../core/errors.ts';
import { maxFilterDepth, maxFilterTerms } from '../../core/query/limits.ts';
import type { FilterNode, FilterTerm } from '../../core/query/request.ts';

/** What the two grammars of filter strings and the rows of filterArrJson share. */

export const tooDeep = `The filter nests more than ${maxFilterDepth} groups: write it flatter.`;
export const tooMany = `The filter has more than ${maxFilterTerms} conditions: use a list operator such as in, or split the request.`;
export const notText = 'The filter holds a NUL or half a surrogate pair, which no text may hold: remove it.';

/** Whether a text can be stored and compared at all. */
export const isText = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** What the reader wanted at the place where it gave up. */
export type Expected = 'operand' | 'connector' | 'close' | 'term';

/** How one condition is written, and how its grammar refuses. */
export interface Grammar {
  /** Reads the condition whose `(` stands at `start`; `end` is the index after its `)`. */
  readonly readTerm: (text: string, start: number) => { readonly term: FilterTerm; readonly end: number };
  readonly refuse: (text: string, position: number, expected: Expected, hint: string) => AppError;
  /** Refuses what is well written but too much, or holds characters no text can hold. */
  readonly refuseWhole: (message: string) => AppError;
}

/** Counts the conditions of a whole request. */
export interface TermBudget {
  left: number;
}

export const openBudget = (): TermBudget => ({ left: maxFilterTerms });

/** Operators that mean nothing without a value; the others test the cell alone, or are unknown. */
const withValue = new Set(
  'eq neq not gt ge gte lt le lte in like nlike is isnot allof anyof nallof nanyof btw nbtw isWithin'.split(
    ' ',
  ),
);
export const needsValue = (operator: string): boolean => withValue.has(operator);

export const isBlank = (character: string | undefined): boolean =>
  character === ' ' || character === '\t' || character === '\n' || character === '\r';

/** The index of the first character from `position` that is not blank. */
export function skipBlanks(text: string, position: number): number {
  let at = position;
  while (isBlank(text[at])) at += 1;
  return at;
}

/** A group, or its only member: `((a))` is `a`. */
export function joinNodes(logic: 'and' | 'or', of: readonly FilterNode[]): FilterNode {
  const [first] = of;
  return of.length === 1 && first !== undefined ? first : { kind: 'group', logic, not: false, of };
}

export const negateNode = (node: FilterNode): FilterNode => ({ ...node, not: !node.not });

/** Members joined by and or or in the order they come; and binds tighter. */
export interface Chain {
  /** Finished runs of and. */
  readonly any: FilterNode[];
  /** The run being read. */
  all: FilterNode[];
}

export const openChain = (): Chain => ({ any: [], all: [] });

/** What follows belongs to the next run. */
export function breakChain(chain: Chain): void {
  chain.any.push(joinNodes('and', chain.all));
  chain.all = [];
}

export function closeChain(chain: Chain): FilterNode {
  breakChain(chain);
  return joinNodes('or', chain.any);
}
