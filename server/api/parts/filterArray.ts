import type { FilterArgument } from '../../../columnTypes/columnType.ts';
import { AppError } from '../../core/errors.ts';
import { maxFilterDepth } from '../../core/query/limits.ts';
import type { FilterNode, FilterTerm } from '../../core/query/request.ts';
import {
  breakChain,
  closeChain,
  isText,
  needsValue,
  notText,
  openBudget,
  openChain,
  type TermBudget,
  tooDeep,
  tooMany,
} from './whereGrammar.ts';

/**
 * `filterArrJson`: a JSON array of filter rows. A row's `logical_op` joins it to
 * the row before it (and, unless said), and binds tighter than or; a row with
 * `children` is a group. Rows that are switched off or not filled in yet (no
 * field or no operator) are no filter.
 */

type Row = Readonly<Record<string, unknown>>;

/** Where a refused row stands, e.g. "[0].children[2]". */
function refuse(path: string, message: string): AppError {
  return new AppError('UNPROCESSABLE', `Invalid filter in filterArrJson${path}: ${message}`, { path });
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

function readText(row: Row, key: string, path: string): string | undefined {
  const value = row[key];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw refuse(path, `${key} must be a text`);
  if (!isText(value)) throw refuse(path, notText);
  return value;
}

/** The row's own value: items as given, or a text that splits at commas. */
function readValue(row: Row, path: string): FilterArgument {
  const value = row.value;
  if (value === undefined) return { text: null, items: [] };
  if (value === null) return { text: 'null', items: [null] };
  if (isScalar(value)) {
    const text = String(value);
    if (!isText(text)) throw refuse(path, notText);
    return { text, items: text.split(',') };
  }
  if (!Array.isArray(value))
    throw refuse(path, 'value must be a text, a number, true, false, null or a list of them');
  const items = value.map((item: unknown) => {
    if (item === null) return null;
    if (!isScalar(item))
      throw refuse(path, 'a list of values holds texts, numbers, true, false and null only');
    const text = String(item);
    if (!isText(text)) throw refuse(path, notText);
    return text;
  });
  return { text: items.map((item) => item ?? 'null').join(','), items };
}

function readArgument(row: Row, operator: string, path: string): FilterArgument {
  const sub = readText(row, 'comparison_sub_op', path);
  const own = readValue(row, path);
  if (sub === undefined) {
    if (own.text === null && needsValue(operator)) throw refuse(path, `operator '${operator}' needs a value`);
    return needsValue(operator) || own.items[0] !== null ? own : { text: null, items: [] };
  }
  if (own.text === null || own.text === '' || own.items[0] === null) return { text: sub, items: [sub] };
  return { text: `${sub},${own.text}`, items: [sub, ...own.items] };
}

function readTerm(row: Row, path: string, budget: TermBudget): FilterTerm | undefined {
  const field = readText(row, 'fk_column_id', path);
  const operator = readText(row, 'comparison_op', path);
  if (field === undefined || operator === undefined) return undefined;
  budget.left -= 1;
  if (budget.left < 0) throw new AppError('UNPROCESSABLE', tooMany);
  return { kind: 'term', field, operator, argument: readArgument(row, operator, path), not: false };
}

function readRow(row: unknown, path: string, depth: number, budget: TermBudget): FilterNode | undefined {
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    throw refuse(path, 'a filter is an object');
  const { enabled, is_group: isGroup, children } = row as Row;
  if (enabled === false || enabled === 0) return undefined;
  const group = isGroup === true || isGroup === 1 || (Array.isArray(children) && children.length > 0);
  if (!group) return readTerm(row as Row, path, budget);
  if (children === undefined || children === null) return undefined;
  if (!Array.isArray(children)) throw refuse(path, 'children must be a list');
  return readRows(children, `${path}.children`, depth + 1, budget);
}

function readRows(
  rows: readonly unknown[],
  path: string,
  depth: number,
  budget: TermBudget,
): FilterNode | undefined {
  if (depth > maxFilterDepth) throw new AppError('UNPROCESSABLE', tooDeep);
  const chain = openChain();
  for (const [index, row] of rows.entries()) {
    const node = readRow(row, `${path}[${index}]`, depth, budget);
    if (node === undefined) continue;
    const logic = readText(row as Row, 'logical_op', `${path}[${index}]`)?.toLowerCase() ?? 'and';
    if (logic !== 'and' && logic !== 'or') throw refuse(`${path}[${index}]`, 'logical_op must be and or or');
    if (logic === 'or' && chain.all.length > 0) breakChain(chain);
    chain.all.push(node);
  }
  return chain.all.length === 0 ? undefined : closeChain(chain);
}

/** Filter rows, already parsed JSON, to a tree; undefined when none filters. Throws UNPROCESSABLE. */
export function readFilterRows(rows: readonly unknown[]): FilterNode | undefined {
  return readRows(rows, '', 1, openBudget());
}

/** The parameter's text to a tree; text that is no JSON array is ignored, as clients expect. */
export function parseFilterArray(text: string): FilterNode | undefined {
  const rows = parseJsonArray(text);
  return rows === undefined ? undefined : readFilterRows(rows);
}

/** A JSON array, or undefined for any other text. */
export function parseJsonArray(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined; // not JSON: the caller's parameter is ignored by definition
  }
}
