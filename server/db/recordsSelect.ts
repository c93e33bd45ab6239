import type { Condition, StorageKind } from '../../columnTypes/query.ts';
import type { GroupPlan, Order, RawValue, ReadField, ReadPlan, TableRef } from '../core/ports.ts';
import {
  columnName,
  directed,
  renderCondition,
  renderExpr,
  renderKey,
  renderOrder,
  type Scope,
  tableName,
} from './compile.ts';
import type { Dialect } from './engine.ts';
import { type Fragment, join, raw, sql } from './fragment.ts';

/** The statements of reads. Limit and offset are always the last two parameters: they change from call to call. */

/** Throws when the table is another database's: by its name alone it could be mistaken for one of ours. */
export function scopeOf({ name, key, native, source }: TableRef, dialect: Dialect): Scope {
  if (source !== undefined && dialect.native === undefined)
    throw new Error('a table of a connected database was looked for in the database of the instance');
  return { dialect, table: name, key, native };
}

/** Our name of the n-th column of an inner query. */
const alias = (index: number): Fragment => raw(`c${index}`);

function whereClause(where: Condition, scope: Scope): Fragment {
  if (where.kind === 'all' && where.of.length === 0) return raw('');
  return sql` where ${renderCondition(where, scope)}`;
}

function fromWhere(plan: ReadPlan, scope: Scope): Fragment {
  const order = plan.shuffle ? scope.dialect.random : renderOrder(plan.order, scope);
  const sorted = order === undefined ? raw('') : sql` order by ${order}`;
  return sql` from ${tableName(scope)}${whereClause(plan.where, scope)}${sorted}`;
}

/** Our name of the keys of a deep page. */
const deepPage = raw('rg_deep_page');

/**
 * The rows of a page far from the beginning, with limit and offset: its keys
 * are found first, so that what is skipped need not be read. Undefined where
 * that cannot be.
 */
function fromDeep(plan: ReadPlan, scope: Scope): Fragment | undefined {
  const { key } = plan.table;
  const order = plan.shuffle ? undefined : renderOrder(plan.order, scope);
  // The order is written twice, and parameters of the outer one would come after limit and offset.
  if (key.length === 0 || order === undefined || order.params.length > 0) return undefined;
  const names = key.map(({ name }) => columnName(scope, name));
  const keys = join(
    names.map((name, index) => sql`${name} as ${alias(index)}`),
    ', ',
  );
  const found = sql`select ${keys}${fromWhere(plan, scope)}${scope.dialect.window}`;
  const same = join(
    names.map((name, index) => sql`${name} = ${deepPage}.${alias(index)}`),
    ' and ',
  );
  return sql` from ${tableName(scope)} join (${found}) as ${deepPage} on ${same} order by ${order}`;
}

/** The rows of a page with limit and offset, which are the last parameters. */
function fromPage(plan: ReadPlan, scope: Scope, deep: boolean): Fragment {
  const found = deep ? fromDeep(plan, scope) : undefined;
  return found ?? sql`${fromWhere(plan, scope)}${scope.dialect.window}`;
}

/** `null` where there is nothing to select: SQL wants a column. */
const columnList = (columns: readonly Fragment[]): Fragment =>
  columns.length === 0 ? raw('null') : join(columns, ', ');

const readable = (fields: readonly Pick<ReadField, 'expr'>[], scope: Scope): Fragment =>
  columnList(fields.map(({ expr }) => scope.dialect.readValue(renderExpr(expr, scope), expr.storage)));

/** Values in the order of the fields. `deep`: spelled for pages far from the beginning. */
export function selectRows(plan: ReadPlan, dialect: Dialect, deep = false): Fragment {
  const scope = scopeOf(plan.table, dialect);
  return sql`select ${readable(plan.fields, scope)}${fromPage(plan, scope, deep)}`;
}

function jsonMembers(plan: ReadPlan, dialect: Dialect) {
  const members = [];
  for (const [index, { key, expr, shape }] of plan.fields.entries()) {
    const value = dialect.jsonValue(alias(index), expr.storage, shape, plan.lists);
    if (value === undefined) return undefined;
    members.push({ key, value });
  }
  return members;
}

const aliased = (fields: readonly ReadField[], scope: Scope): Fragment =>
  columnList(fields.map(({ expr }, index) => sql`${renderExpr(expr, scope)} as ${alias(index)}`));

/** A JSON array of objects; undefined when the engine cannot write the plan's shapes. */
export function selectJson(plan: ReadPlan, dialect: Dialect, deep = false): Fragment | undefined {
  const members = jsonMembers(plan, dialect);
  if (members === undefined) return undefined;
  const scope = scopeOf(plan.table, dialect);
  const inner = sql`(select ${aliased(plan.fields, scope)}${fromPage(plan, scope, deep)}) as page`;
  return dialect.jsonRows(members, inner);
}

/** One row by its key; the key's values are the last parameters. */
export function selectRecord(plan: ReadPlan, dialect: Dialect): Fragment {
  const scope = scopeOf(plan.table, dialect);
  return sql`select ${readable(plan.fields, scope)} from ${tableName(scope)} where ${keyMatch(plan.table, scope)}`;
}

export function selectRecordJson(plan: ReadPlan, dialect: Dialect): Fragment | undefined {
  const members = jsonMembers(plan, dialect);
  if (members === undefined) return undefined;
  const scope = scopeOf(plan.table, dialect);
  const inner = sql`(select ${aliased(plan.fields, scope)} from ${tableName(scope)} where ${keyMatch(plan.table, scope)}) as page`;
  return dialect.jsonRow(members, inner);
}

const keyMatch = (table: TableRef, scope: Scope): Fragment =>
  table.key.length === 0 ? raw('1 = 0') : renderKey(table.key, scope, []);

export function selectCount(table: TableRef, where: Condition, dialect: Dialect): Fragment {
  const scope = scopeOf(table, dialect);
  return sql`select count(*) from ${tableName(scope)}${whereClause(where, scope)}`;
}

/** Aggregates are read from an inner query, so that reading them may name them twice. */
export function selectAggregates(
  table: TableRef,
  where: Condition,
  fields: readonly ReadField[],
  dialect: Dialect,
): Fragment {
  const scope = scopeOf(table, dialect);
  const inner = sql`select ${aliased(fields, scope)} from ${tableName(scope)}${whereClause(where, scope)}`;
  return sql`select ${readAliases(fields, dialect)} from (${inner}) as sums`;
}

const readAliases = (fields: readonly ReadField[], dialect: Dialect): Fragment =>
  columnList(fields.map(({ expr }, index) => dialect.readValue(alias(index), expr.storage)));

function grouped(plan: GroupPlan, columns: Fragment, scope: Scope): Fragment {
  const by = plan.by.map(({ expr }) => renderExpr(expr, scope));
  const groups = by.length === 0 ? raw('') : sql` group by ${join(by, ', ')}`;
  return sql`select ${columns} from ${tableName(scope)}${whereClause(plan.where, scope)}${groups}`;
}

export function selectGroups(plan: GroupPlan, dialect: Dialect): Fragment {
  const scope = scopeOf(plan.table, dialect);
  const fields = [...plan.by, ...plan.aggregates];
  const order = plan.order.flatMap(({ key, direction }) => {
    const index = fields.findIndex((field) => field.key === key);
    if (index < 0) throw new Error(`a group plan sorts by a key it does not have: ${key}`);
    const storage = (fields[index] as ReadField).expr.storage;
    return directed(dialect.orderTerms(alias(index), storage), direction, dialect);
  });
  const sorted = order.length === 0 ? raw('') : sql` order by ${join(order, ', ')}`;
  const inner = grouped(plan, aliased(fields, scope), scope);
  return sql`select ${readAliases(fields, dialect)} from (${inner}) as groups${sorted}${dialect.window}`;
}

export function selectGroupCount(plan: GroupPlan, dialect: Dialect): Fragment {
  return sql`select count(*) from (${grouped(plan, raw('1'), scopeOf(plan.table, dialect))}) as groups`;
}

/** From what the driver returned to RawValues, in place; does nothing where nothing is to be done. */
export function createRowReader(storages: readonly StorageKind[], dialect: Dialect) {
  const steps = storages.flatMap((storage, index) => {
    const convert = dialect.fromDriver(storage);
    return convert === undefined ? [] : [{ index, convert }];
  });
  const width = storages.length;
  return (rows: unknown[][]): RawValue[][] => {
    if (width === 0) return rows.map(() => []);
    if (steps.length > 0) {
      for (const row of rows) for (const { index, convert } of steps) row[index] = convert(row[index]);
    }
    return rows as RawValue[][];
  };
}

export const storagesOf = (fields: readonly Pick<ReadField, 'expr'>[]): StorageKind[] =>
  fields.map(({ expr }) => expr.storage);

/** Whether the order is the one of a single-column key, so that the key's index gives it; undefined if not. */
export function keyOrder(table: TableRef, order: readonly Order[]): 'asc' | 'desc' | undefined {
  const [first] = order;
  const [key] = table.key;
  if (first === undefined || key === undefined || table.key.length !== 1) return undefined;
  return first.expr.kind === 'column' && first.expr.name === key.name ? first.direction : undefined;
}
