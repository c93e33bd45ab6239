import { always, type Condition, columnOf, compare } from '../../columnTypes/query.ts';
import type { Maybe, ReadPlan, TableRef } from '../core/ports.ts';
import { compile } from './compile.ts';
import type { Dialect, ReadConnection, Sql, Weight } from './engine.ts';
import { type Fragment, raw, sql } from './fragment.ts';
import { after } from './maybe.ts';
import type { Counts } from './recordsCount.ts';
import { keyOrder } from './recordsSelect.ts';
import { isShort, smallTable, weigh } from './recordsWeight.ts';

/** A page's statement, compiled once; called with what changes from page to page. */
export type PageStatement = (
  limit: number,
  offset: number,
) => Maybe<{ readonly sql: Sql; readonly weight: Weight }>;

/** Renders a plan's statement, limit and offset last; `deep`: for pages far from the beginning. */
export type SelectPage = (plan: ReadPlan, deep: boolean) => Fragment;

/** Offsets up to here are walked over: cheaper than asking. */
const shortWalk = 1000;

const isUnfiltered = (where: Condition): boolean => where.kind === 'all' && where.of.length === 0;

/** Whether the condition allows only rows of few given keys, so that the key's index finds them. */
function namesKeys(where: Condition, table: TableRef): boolean {
  const [key] = table.key;
  if (key === undefined || table.key.length !== 1) return false;
  const isKey = (expr: { kind: string; name?: string }): boolean =>
    expr.kind === 'column' && expr.name === key.name;
  if (where.kind === 'all') return where.of.some((term) => namesKeys(term, table));
  if (where.kind === 'compare') return where.op === '=' && isKey(where.left) && where.right.kind === 'value';
  return where.kind === 'in' && isKey(where.of);
}

/**
 * Chooses where a page is read and, for deep pages, how. Where counts are kept
 * and the keys of a table have no gaps, the k-th row is found by its key;
 * elsewhere the keys are walked over before anything else is read.
 */
export function preparePage(
  plan: ReadPlan,
  select: SelectPage,
  connection: ReadConnection,
  dialect: Dialect,
  counts: Counts,
): PageStatement {
  const statement = compile(select(plan, false), dialect);
  const fixed = statement.params.slice(0, -2);
  const direction = plan.shuffle ? undefined : keyOrder(plan.table, plan.order);
  const unfiltered = isUnfiltered(plan.where);
  const walks = unfiltered && !plan.shuffle && (direction !== undefined || plan.order.length === 0);
  const few = namesKeys(plan.where, plan.table);
  const keepsCounts = connection.foreignVersion() !== undefined;
  const deep = keepsCounts ? statement : compile(select(plan, true), dialect);
  const seek =
    keepsCounts && unfiltered && direction !== undefined
      ? prepareSeek(plan, direction, select, connection, dialect, counts)
      : undefined;

  const walk = (limit: number, offset: number): { sql: Sql; weight: Weight } => {
    const quick = (few && isShort(statement)) || (walks && limit + offset <= smallTable);
    const weight = quick ? 'light' : weigh(connection, plan.table.name, statement);
    const { text } = offset > shortWalk ? deep : statement;
    return { sql: { text, params: [...fixed, limit, offset] }, weight };
  };
  return (limit, offset) => {
    if (seek === undefined || offset <= shortWalk) return walk(limit, offset);
    return after(seek(limit, offset), (found) =>
      found === undefined
        ? walk(limit, offset)
        : { sql: found, weight: limit <= smallTable ? 'light' : 'heavy' },
    );
  };
}

/** Stands for the first key of a page until it is known. */
const pageStart = Symbol('first key of the page');

function prepareSeek(
  plan: ReadPlan,
  direction: 'asc' | 'desc',
  select: SelectPage,
  connection: ReadConnection,
  dialect: Dialect,
  counts: Counts,
): ((limit: number, offset: number) => Maybe<Sql | undefined>) | undefined {
  const key = plan.table.key[0];
  if (key?.storage !== 'integer') return undefined;
  const bound = compare(direction === 'asc' ? '>=' : '<=', columnOf(key.name, 'integer'), 0);
  const filtered = select({ ...plan, where: bound, order: plan.order.slice(0, 1) }, false);
  // The bound is the last parameter before limit and offset.
  const params = filtered.params.map((param, index) =>
    index === filtered.params.length - 3 ? pageStart : param,
  );
  const statement = compile({ parts: filtered.parts, params }, dialect);
  const total = counts.prepare(plan.table, always);
  const ends = compile(selectEnds(plan.table, key.name, dialect), dialect);

  function seekAmong(count: number, limit: number, offset: number): Maybe<Sql | undefined> {
    // The count may have been waited for: it must still be true while the page is read.
    if (total.known() !== count) return undefined;
    return after(connection.rows(ends, 'light'), ([row]) => {
      const [first, last] = [row?.[0], row?.[1]];
      const dense =
        Number.isSafeInteger(first) &&
        Number.isSafeInteger(last) &&
        Number(last) - Number(first) + 1 === count;
      if (!dense) return undefined;
      const start = direction === 'asc' ? Number(first) + offset : Number(last) - offset;
      return {
        text: statement.text,
        params: [
          ...statement.params.slice(0, -2).map((param) => (param === pageStart ? start : param)),
          limit,
          0,
        ],
      };
    });
  }
  return (limit, offset) => after(total.run(), (count) => seekAmong(count, limit, offset));
}

function selectEnds(table: TableRef, key: string, dialect: Dialect): Fragment {
  const [name, from] = [raw(dialect.quote(key)), raw(dialect.quote(table.name))];
  const end = (which: string): Fragment =>
    dialect.readValue(sql`(select ${raw(which)}(${name}) from ${from})`, 'integer');
  return sql`select ${end('min')}, ${end('max')}`;
}
