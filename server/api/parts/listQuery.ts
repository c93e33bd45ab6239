import type { CoreSettings } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import type { FilterNode, RecordListRequest, RecordSelection, SortTerm } from '../../core/query/request.ts';
import { parseFilterArray, parseJsonArray } from './filterArray.ts';
import { type GrammarName, parseWheres } from './where.ts';
import { joinNodes } from './whereGrammar.ts';

/** The query parameters of listing routes, decoded to what the core asks for. */

export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;
export type PageLimits = Pick<CoreSettings, 'pageSizeDefault' | 'pageSizeMax'>;

/** All values of a parameter, under any of its names. */
export function readAll(query: Query, ...names: readonly string[]): string[] {
  return names.flatMap((name) => (Object.hasOwn(query, name) ? (query[name] ?? []) : []));
}

/** The value of a parameter; of several the last, the first name wins. */
export function readOne(query: Query, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const last = readAll(query, name).at(-1);
    if (last !== undefined) return last;
  }
  return undefined;
}

const splitList = (texts: readonly string[]): string[] =>
  texts
    .flatMap((text) => text.split(','))
    .map((item) => item.trim())
    .filter((item) => item !== '');

/**
 * `fields` (`f`, `fields[]`): titles, physical names or ids, as a comma list,
 * repeated, or as a JSON array for titles with commas. undefined: all.
 */
export function readFields(query: Query): string[] | undefined {
  const fields = readAll(query, 'fields', 'f', 'fields[]').flatMap((text) => {
    const list = text.trimStart().startsWith('[') ? parseJsonArray(text) : undefined;
    return list?.every((item) => typeof item === 'string') === true ? (list as string[]) : splitList([text]);
  });
  return fields.length === 0 ? undefined : [...new Set(fields)];
}

const readDirection = (value: unknown): 'asc' | 'desc' =>
  typeof value === 'string' && value.toLowerCase() === 'desc' ? 'desc' : 'asc';

function readSortRows(text: string, key: 'field' | 'fk_column_id'): SortTerm[] {
  return (parseJsonArray(text) ?? []).flatMap((row) => {
    if (typeof row !== 'object' || row === null) return [];
    const { [key]: field, direction } = row as Record<string, unknown>;
    return typeof field === 'string' && field !== '' ? [{ field, direction: readDirection(direction) }] : [];
  });
}

function readSortItem(item: string): SortTerm | undefined {
  const sign = item[0];
  // a literal '+' of a URL arrives as a blank
  const field = (sign === '-' || sign === '+' ? item.slice(1) : item).trim();
  return field === '' ? undefined : { field, direction: sign === '-' ? 'desc' : 'asc' };
}

/** `sort` (`s`): `-X` descending, `X` or `+X` ascending, or rows of `{field,direction}`; else `sortArrJson`. */
export function readSort(query: Query): SortTerm[] {
  const sort = readAll(query, 'sort', 's').flatMap((text) => {
    const rows = text.trimStart().startsWith('[') ? readSortRows(text, 'field') : [];
    if (rows.length > 0) return rows;
    return splitList([text])
      .map(readSortItem)
      .filter((term) => term !== undefined);
  });
  if (sort.length > 0) return sort;
  return readAll(query, 'sortArrJson').flatMap((text) => readSortRows(text, 'fk_column_id'));
}

/** `where` (`w`), repeated or not, and `filterArrJson`: all of them hold. */
export function readWhere(query: Query, grammar: GrammarName = 'classic'): FilterNode | undefined {
  const where = parseWheres(readAll(query, 'where', 'w'), grammar);
  const rows = readAll(query, 'filterArrJson').map(parseFilterArray);
  const nodes = [where, ...rows].filter((node) => node !== undefined);
  return nodes.length === 0 ? undefined : joinNodes('and', nodes);
}

const wholeNumber = (text: string | undefined): number | undefined => {
  const trimmed = text?.trim() ?? '';
  return /^\d+$/.test(trimmed) ? Math.min(Number(trimmed), Number.MAX_SAFE_INTEGER) : undefined;
};

/** `limit` (`l`): never refused. 0, negative and what is no number are the default, more than the most is the most. */
export function readLimit(query: Query, limits: PageLimits, ...names: readonly string[]): number {
  const asked = wholeNumber(readOne(query, ...(names.length === 0 ? ['limit', 'l'] : names)));
  return Math.min(asked === undefined || asked === 0 ? limits.pageSizeDefault : asked, limits.pageSizeMax);
}

/** `page` (from 1) times the limit, else `offset` (`o`). Throws INVALID_OFFSET_VALUE for what is no such number. */
export function readOffset(query: Query, limit: number): number {
  const pageText = readOne(query, 'page')?.trim() ?? '';
  const offsetText = readOne(query, 'offset', 'o')?.trim() ?? '';
  if (pageText === '' && offsetText === '') return 0;
  const asked = pageText === '' ? wholeNumber(offsetText) : wholeNumber(pageText);
  if (asked === undefined || (pageText !== '' && asked === 0)) {
    throw new AppError('INVALID_OFFSET_VALUE', 'Offset must be a non-negative integer', {
      hint: pageText === '' ? 'offset counts records from 0.' : 'page counts pages from 1.',
    });
  }
  return pageText === '' ? asked : Math.min((asked - 1) * limit, Number.MAX_SAFE_INTEGER);
}

/** `shuffle` (`r`): 1 or true. */
export function readShuffle(query: Query): boolean {
  const text = readOne(query, 'shuffle', 'r')?.trim().toLowerCase();
  return text === '1' || text === 'true';
}

/** The part that counts, aggregates and lists share. */
export function readSelection(query: Query, grammar: GrammarName = 'classic'): RecordSelection {
  const viewId = readOne(query, 'viewId');
  return { where: readWhere(query, grammar), viewId: viewId === '' ? undefined : viewId };
}

/** Everything a listing route understands (`pks` too). Throws AppError 422. */
export function parseListQuery(
  query: Query,
  limits: PageLimits,
  grammar: GrammarName = 'classic',
): RecordListRequest {
  const limit = readLimit(query, limits);
  const keys = splitList(readAll(query, 'pks'));
  return {
    ...readSelection(query, grammar),
    fields: readFields(query),
    sort: readSort(query),
    limit,
    offset: readOffset(query, limit),
    shuffle: readShuffle(query),
    keys: keys.length === 0 ? undefined : keys,
  };
}
