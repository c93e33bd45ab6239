import { AppError } from '../errors.ts';
import { shorten } from '../records/text.ts';
import type { FilterNode } from './request.ts';

/**
 * Bounds of one request, so that no filter can cost more than a scan of the
 * table. They are ours: the wire names none.
 */
export const maxFilterTerms = 500;
export const maxFilterDepth = 50;
export const maxListItems = 1000;
export const maxListItemsTotal = 10_000;
export const maxSortTerms = 50;
export const maxFieldNames = 1000;
export const maxRequestedKeys = 1000;

const listOperators: ReadonlySet<string> = new Set(['in', 'anyof', 'allof', 'nanyof', 'nallof']);

const tooMany = (what: string, limit: number): AppError =>
  new AppError('UNPROCESSABLE', `${what}: at most ${limit} are accepted in one request.`);

/** Throws UNPROCESSABLE naming the limit when a filter is larger than a request may be. */
export function checkFilterSize(where: FilterNode): void {
  let terms = 0;
  let items = 0;
  function visit(node: FilterNode, depth: number): void {
    if (depth > maxFilterDepth) {
      throw new AppError(
        'UNPROCESSABLE',
        `The filter is nested too deeply: at most ${maxFilterDepth} levels are accepted.`,
      );
    }
    if (node.kind === 'group') {
      for (const child of node.of) visit(child, depth + 1);
      return;
    }
    terms += 1;
    if (terms > maxFilterTerms) throw tooMany('Too many filter terms', maxFilterTerms);
    if (!listOperators.has(node.operator)) return;
    const count = node.argument.items.length;
    items += count;
    if (count > maxListItems)
      throw tooMany(`Too many values in the list of '${shorten(node.field)}'`, maxListItems);
    if (items > maxListItemsTotal) throw tooMany('Too many list values in the filter', maxListItemsTotal);
  }
  visit(where, 0);
}

/** Throws UNPROCESSABLE naming the limit. */
export function checkCount(what: string, count: number, limit: number): void {
  if (count > limit) throw tooMany(what, limit);
}
