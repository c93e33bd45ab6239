import type { Comparison, Condition, Expr, StorageKind, Value } from '../../columnTypes/query.ts';
import { AppError } from '../core/errors.ts';
import type { ColumnRef, Order } from '../core/ports.ts';
import type { Dialect, Sql } from './engine.ts';
import { bound, type Fragment, join, raw, sql, toSql } from './fragment.ts';

/**
 * From the narrow waist to SQL, once for every engine. Columns are qualified
 * with their table, so that no alias of ours can be taken for a column.
 */
export interface Scope {
  readonly dialect: Dialect;
  /** Physical table. */
  readonly table: string;
  /** Columns that are never NULL. */
  readonly key?: readonly ColumnRef[] | undefined;
  /** Native types of columns that others made, by physical name. */
  readonly native?: ReadonlyMap<string, string> | undefined;
}

/** SQLite refuses expressions nested deeper than 1000; the rest is room for the innermost test. */
const deepestCondition = 900;

export const tableName = (scope: Scope): Fragment => raw(scope.dialect.quote(scope.table));

export const columnName = (scope: Scope, name: string): Fragment =>
  raw(`${scope.dialect.quote(scope.table)}.${scope.dialect.quote(name)}`);

/** A column's value in the form the engine keeps for the storage. */
export function readColumn(scope: Scope, name: string, storage: StorageKind): Fragment {
  const column = columnName(scope, name);
  const type = scope.native?.get(name);
  return type === undefined ? column : (scope.dialect.native?.read(column, type, storage) ?? column);
}

/** A value bound for the storage, as the column takes it. */
export function writeColumn(scope: Scope, name: string, storage: StorageKind, value: Fragment): Fragment {
  const type = scope.native?.get(name);
  return type === undefined ? value : (scope.dialect.native?.write(value, type, storage) ?? value);
}

/** Whether a column that others made can be looked up by values as it stores them. */
function isExact(expr: Expr, values: readonly Value[], scope: Scope): expr is Expr & { kind: 'column' } {
  if (expr.kind !== 'column') return false;
  const type = scope.native?.get(expr.name);
  const { native } = scope.dialect;
  if (type === undefined || native === undefined) return false;
  return values.every((value) => native.exact(type, expr.storage, value));
}

const storedValue = (scope: Scope, column: Expr & { kind: 'column' }, value: Value): Fragment =>
  writeColumn(scope, column.name, column.storage, scope.dialect.parameter(value, column.storage));

/** @throws AppError INVALID_FILTER when the statement would have more parameters than the engine takes */
export function compile(fragment: Fragment, dialect: Dialect): Sql {
  if (fragment.params.length > dialect.maxParameters) {
    throw new AppError(
      'INVALID_FILTER',
      `The request compares with too many values: at most ${dialect.maxParameters} are possible. Split it into several requests.`,
    );
  }
  return toSql(fragment, dialect.placeholder);
}

export function renderExpr(expr: Expr, scope: Scope, room = deepestCondition): Fragment {
  switch (expr.kind) {
    case 'column':
      return readColumn(scope, expr.name, expr.storage);
    case 'value':
      return scope.dialect.parameter(expr.value, expr.storage);
    case 'call':
      return scope.dialect.call(
        expr.name,
        expr.args.map((arg) => renderExpr(arg, scope, room - 1)),
      );
    case 'case':
      return renderCase(expr, scope, room);
    case 'aggregate':
      return scope.dialect.aggregate(
        expr.name,
        expr.of === null ? null : renderExpr(expr.of, scope, room - 1),
        expr.of?.storage ?? expr.storage,
      );
  }
}

function renderCase(expr: Expr & { kind: 'case' }, scope: Scope, room: number): Fragment {
  const otherwise = renderExpr(expr.otherwise, scope, room - 1);
  if (expr.branches.length === 0) return otherwise;
  const branches = expr.branches.map(
    ({ when, value }) =>
      sql`when ${renderCondition(when, scope, room - 1)} then ${renderExpr(value, scope, room - 1)}`,
  );
  return sql`case ${join(branches, ' ')} else ${otherwise} end`;
}

/** A truth value; @throws AppError INVALID_FILTER when nested too deeply */
export function renderCondition(condition: Condition, scope: Scope, room = deepestCondition): Fragment {
  if (room < 0) {
    throw new AppError('INVALID_FILTER', 'The filter is nested too deeply. Use fewer groups inside groups.');
  }
  const { dialect } = scope;
  switch (condition.kind) {
    case 'all':
    case 'any':
      return renderGroup(condition, scope, room);
    case 'not':
      return condition.of.kind === 'not'
        ? renderCondition(condition.of.of, scope, room)
        : sql`not (${renderCondition(condition.of, scope, room - 1)})`;
    case 'compare':
      return renderCompare(condition.op, condition.left, condition.right, scope, room);
    case 'isNull':
      return sql`(${renderExpr(condition.of, scope, room)} is null)`;
    case 'matchesPattern':
      return dialect.matchesPattern(
        renderExpr(condition.of, scope, room),
        condition.pattern,
        condition.of.storage,
      );
    case 'hasItem':
      return dialect.hasItem(renderExpr(condition.of, scope, room), condition.item);
    case 'in': {
      const values = condition.values.filter((value) => value !== null);
      if (values.length === 0) return raw('(1 = 0)');
      const { of } = condition;
      if (isExact(of, values, scope)) {
        const list = join(
          values.map((value) => storedValue(scope, of, value)),
          ', ',
        );
        return sql`(${columnName(scope, of.name)} in (${list}))`;
      }
      return dialect.inValues(renderExpr(condition.of, scope, room), values, condition.of.storage);
    }
  }
}

/** As a balanced tree: ten thousand terms are fourteen levels deep, not ten thousand. */
function renderGroup(group: Condition & { kind: 'all' | 'any' }, scope: Scope, room: number): Fragment {
  const terms = group.kind === 'any' ? mergeEqual(flatten(group)) : flatten(group);
  if (terms.length === 0) return raw(group.kind === 'all' ? '(1 = 1)' : '(1 = 0)');
  const inner = room - Math.ceil(Math.log2(terms.length)) - 1;
  return balance(
    terms.map((term) => renderCondition(term, scope, inner)),
    group.kind === 'all' ? ' and ' : ' or ',
  );
}

/** The terms of groups of the same kind inside each other, in order, without recursion. */
function flatten(group: Condition & { kind: 'all' | 'any' }): Condition[] {
  const terms: Condition[] = [];
  const waiting: Condition[] = [group];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind !== group.kind) terms.push(next);
    else for (let i = next.of.length - 1; i >= 0; i -= 1) waiting.push(next.of[i] as Condition);
  }
  return terms;
}

/** `a = 1 or a = 2 or …` as one list: databases look long lists up and walk long chains. */
function mergeEqual(terms: readonly Condition[]): readonly Condition[] {
  if (terms.length < 3) return terms;
  const lists = new Map<string, { of: Expr; values: Value[] }>();
  const rest: Condition[] = [];
  for (const term of terms) {
    const { column, value } = equality(term);
    if (column === undefined) rest.push(term);
    else {
      const key = `${column.storage} ${column.name}`;
      const list = lists.get(key) ?? { of: column, values: [] };
      list.values.push(value);
      lists.set(key, list);
    }
  }
  return [...[...lists.values()].map(({ of, values }): Condition => ({ kind: 'in', of, values })), ...rest];
}

function equality(term: Condition): { column?: Expr & { kind: 'column' }; value: Value } {
  if (term.kind !== 'compare' || term.op !== '=') return { value: null };
  const { left, right } = term;
  const plain = left.kind === 'column' && right.kind === 'value' && left.storage === right.storage;
  return plain && right.value !== null ? { column: left, value: right.value } : { value: null };
}

function balance(terms: readonly Fragment[], separator: string): Fragment {
  if (terms.length === 1) return terms[0] as Fragment;
  const middle = Math.ceil(terms.length / 2);
  const halves = [balance(terms.slice(0, middle), separator), balance(terms.slice(middle), separator)];
  return sql`(${join(halves, separator)})`;
}

interface Side {
  readonly of: Fragment;
  readonly storage: StorageKind;
  /** Set when the side is a literal. */
  readonly literal: { readonly value: Value } | undefined;
}

function renderSide(expr: Expr, other: Expr, scope: Scope, room: number): Side {
  const lift = other.storage === 'decimal' && expr.storage === 'integer';
  if (expr.kind === 'value') {
    const value = lift && expr.value !== null ? String(expr.value) : expr.value;
    const storage = lift ? 'decimal' : expr.storage;
    return { of: scope.dialect.parameter(value, storage), storage, literal: { value } };
  }
  const of = renderExpr(expr, scope, room);
  return lift
    ? { of: scope.dialect.toDecimal(of), storage: 'decimal', literal: undefined }
    : { of, storage: expr.storage, literal: undefined };
}

function renderCompare(op: Comparison, left: Expr, right: Expr, scope: Scope, room: number): Fragment {
  if (
    op === '=' &&
    right.kind === 'value' &&
    left.storage === right.storage &&
    isExact(left, [right.value], scope)
  )
    return sql`(${columnName(scope, left.name)} = ${storedValue(scope, left, right.value)})`;
  const a = renderSide(left, right, scope, room);
  const b = renderSide(right, left, scope, room);
  const operator = raw(` ${op} `);
  if (op === '=' || op === '<>') return sql`(${a.of}${operator}${b.of})`;
  const [first, second] = [orderTermsOf(a, scope), orderTermsOf(b, scope)];
  return first.length === 1
    ? sql`(${first[0] as Fragment}${operator}${second[0] as Fragment})`
    : sql`((${join(first, ', ')})${operator}(${join(second, ', ')}))`;
}

const orderTermsOf = (side: Side, { dialect }: Scope): readonly Fragment[] =>
  side.literal === undefined
    ? dialect.orderTerms(side.of, side.storage)
    : dialect.orderValues(side.literal.value, side.storage);

/** The terms of `order by`, without the key words; undefined for no order. */
export function renderOrder(order: readonly Order[], scope: Scope): Fragment | undefined {
  if (order.length === 0) return undefined;
  const terms = order.flatMap(({ expr, direction }) => {
    const rendered = scope.dialect.orderTerms(renderExpr(expr, scope), expr.storage);
    // A key has no NULLs to place, and its index gives the plain order.
    return isKey(expr, scope)
      ? rendered.map((term) => sql`${term}${raw(` ${direction}`)}`)
      : directed(rendered, direction, scope.dialect);
  });
  return join(terms, ', ');
}

const isKey = (expr: Expr, { key }: Scope): boolean =>
  expr.kind === 'column' && key?.some(({ name }) => name === expr.name) === true;

export const directed = (
  terms: readonly Fragment[],
  direction: 'asc' | 'desc',
  dialect: Dialect,
): readonly Fragment[] =>
  terms.map((term) => sql`${term}${raw(` ${direction}${dialect.nullsOrder(direction)}`)}`);

/** `a = ? and b = ?`; the caller binds the key. */
export function renderKey(key: readonly ColumnRef[], scope: Scope, values: readonly unknown[]): Fragment {
  return join(
    key.map(({ name, storage }, index) => {
      const value = writeColumn(scope, name, storage, bound(values[index]));
      return sql`${columnName(scope, name)} = ${value}`;
    }),
    ' and ',
  );
}
