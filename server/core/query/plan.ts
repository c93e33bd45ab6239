import type { FilterContext } from '../../../columnTypes/columnType.ts';
import {
  all,
  any,
  type Condition,
  columnOf,
  compare,
  literalOf as literal,
} from '../../../columnTypes/query.ts';
import type { Column, Table } from '../model.ts';
import type { ColumnRef, Order, ReadField, ReadPlan, TableRef } from '../ports.ts';
import { parseKey, requireKey } from '../records/key.ts';
import { planFilter } from './filter.ts';
import { checkCount, maxFieldNames, maxRequestedKeys, maxSortTerms } from './limits.ts';
import type { RecordListRequest, RecordSelection, SortTerm } from './request.ts';
import { namedColumns, requireColumn, requireView, visibleColumns } from './view.ts';
import { planViewFilters, viewSort } from './viewFilters.ts';

/** The moment and place a request is answered in. */
export interface PlanContext {
  readonly now: Date;
  readonly timeZone: string;
}

export interface Planned<T> {
  readonly plan: T;
  /** The plan holds the moment it was made at (a relative date) and must not be kept. */
  readonly volatile: boolean;
}

export const columnRef = (column: Column): ColumnRef => ({ name: column.name, storage: column.storage });

const tableRefs = new WeakMap<Table, TableRef>();

/** Numbers that a database gives are read as they are, so that its index finds them. */
const nativeTypes = (table: Table): ReadonlyMap<string, string> =>
  new Map(
    table.columns.flatMap(({ name, native, storage, autoIncrement }) =>
      native === undefined || (autoIncrement && storage === 'integer') ? [] : [[name, native.type] as const],
    ),
  );

export function tableRef(table: Table): TableRef {
  let ref = tableRefs.get(table);
  if (ref === undefined) {
    ref = {
      name: table.name,
      key: table.key.map(columnRef),
      ...(table.source !== undefined && { source: table.source.id, native: nativeTypes(table) }),
    };
    tableRefs.set(table, ref);
  }
  return ref;
}

export const fieldOf = (column: Column): ReadField => ({
  key: column.title,
  expr: columnOf(column.name, column.storage),
  shape: column.type.json,
});

/** Plans with a clock that remembers whether it was read. */
function watchClock<T>(context: PlanContext, work: (context: FilterContext) => T): Planned<T> {
  let volatile = false;
  const plan = work({
    timeZone: context.timeZone,
    get now() {
      volatile = true;
      return context.now;
    },
  });
  return { plan, volatile };
}

const orderBy = (column: Column, direction: 'asc' | 'desc'): Order => ({
  expr: columnOf(column.name, column.storage),
  direction,
});

/**
 * The order of a list: what was asked, then the key, so that pages never
 * overlap. A table without a key falls back on all its columns.
 */
function planOrder(table: Table, sort: readonly SortTerm[]): Order[] {
  checkCount('Too many sort fields', sort.length, maxSortTerms);
  const order = new Map<Column, Order>();
  for (const term of sort) {
    const column = requireColumn(table, term.field);
    if (!order.has(column)) order.set(column, orderBy(column, term.direction));
  }
  const breakers = table.key.length > 0 ? table.key : order.size > 0 ? table.columns : [];
  for (const column of breakers) if (!order.has(column)) order.set(column, orderBy(column, 'asc'));
  return [...order.values()];
}

/** The records with these wire keys. Throws INVALID_PK_VALUE. */
export function planKeys(table: Table, keys: readonly unknown[]): Condition {
  requireKey(table);
  checkCount('Too many keys', keys.length, maxRequestedKeys);
  const parsed = keys.map((key) => parseKey(table, key));
  const [only] = table.key;
  if (table.key.length === 1 && only !== undefined) {
    const values = parsed.map((key) => key[0] ?? null);
    return { kind: 'in', of: columnOf(only.name, only.storage), values };
  }
  return any(
    parsed.map((key) =>
      all(
        table.key.map((column, i) =>
          compare('=', columnOf(column.name, column.storage), literal(key[i] ?? null, column.storage)),
        ),
      ),
    ),
  );
}

/** What a selection keeps: its filter and that of the named view. Throws VIEW_NOT_FOUND and filter errors. */
export function planSelection(
  table: Table,
  selection: RecordSelection,
  context: PlanContext,
): Planned<Condition> {
  const view = selection.viewId === undefined ? undefined : requireView(table, selection.viewId);
  return watchClock(context, (watched) => {
    const asked = planFilter(table, selection.where, watched);
    const within = view === undefined ? undefined : planViewFilters(table, view.filters, watched);
    return within === undefined ? asked : all([within, asked]);
  });
}

/**
 * A list request as a plan; a view's sorts count where the request has none. Throws FIELD_NOT_FOUND for unknown fields in
 * `fields` and `sort`, VIEW_NOT_FOUND, INVALID_PK_VALUE and filter errors.
 */
export function planRead(
  table: Table,
  request: Omit<RecordListRequest, 'limit' | 'offset'>,
  context: PlanContext,
): Planned<ReadPlan> {
  checkCount('Too many fields', request.fields?.length ?? 0, maxFieldNames);
  const columns =
    request.fields === undefined
      ? visibleColumns(table, request.viewId)
      : namedColumns(table, request.fields, request.viewId);
  const { plan: filter, volatile } = planSelection(table, request, context);
  const where = request.keys === undefined ? filter : all([filter, planKeys(table, request.keys)]);
  const sort = request.sort.length > 0 ? request.sort : viewSort(table, request.viewId);
  const plan: ReadPlan = {
    table: tableRef(table),
    fields: columns.map(fieldOf),
    where,
    order: request.shuffle ? [] : planOrder(table, sort),
    shuffle: request.shuffle,
    lists: 'text',
  };
  return { plan, volatile };
}

/** The shape of one record, to be read by key. */
export function planRecord(table: Table, columns: readonly Column[]): ReadPlan {
  return {
    table: tableRef(table),
    fields: columns.map(fieldOf),
    where: { kind: 'all', of: [] },
    order: [],
    shuffle: false,
    lists: 'text',
  };
}
