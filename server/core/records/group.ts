import {
  all,
  type Condition,
  columnOf,
  compare,
  isNull,
  literalOf as literal,
} from '../../../columnTypes/query.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Column, Table } from '../model.ts';
import type { GroupPlan, Maybe, RawValue, ReadField } from '../ports.ts';
import { fieldOf, planRead, planSelection, tableRef } from '../query/plan.ts';
import type { RecordSelection, SortTerm } from '../query/request.ts';
import { requireColumn } from '../query/view.ts';
import { planContext } from './list.ts';
import { joinRows, type RecordPage, readPage, writeRows } from './page.ts';
import { toValue } from './value.ts';
import { createRowWriter, type RowWriter } from './writer.ts';

/** Records grouped by the values of columns. */
export interface GroupRequest extends RecordSelection {
  readonly by: readonly string[];
  /** Over the grouped columns and `count`. */
  readonly sort: readonly SortTerm[];
  readonly limit: number;
  readonly offset: number;
}

/** Columns of one grouping; the wire names no bound. */
const maxGroupColumns = 10;

const countField: ReadField = {
  key: 'count',
  expr: { kind: 'aggregate', name: 'count', of: null, storage: 'integer' },
  shape: 'number',
};

/** Inside keys, so that no title can clash with the count. */
const groupKey = (position: number): string => `group${position}`;

interface PlannedGroups {
  readonly columns: readonly Column[];
  readonly plan: GroupPlan;
}

function groupColumns(table: Table, names: readonly string[]): Column[] {
  if (names.length === 0) {
    throw new AppError('BAD_REQUEST', 'Name the columns to group by in column_name, separated by commas.');
  }
  const columns = [...new Set(names.map((name) => requireColumn(table, name)))];
  if (columns.length > maxGroupColumns) {
    throw new AppError(
      'UNPROCESSABLE',
      `Too many columns to group by: at most ${maxGroupColumns} are accepted.`,
    );
  }
  return columns;
}

function groupOrder(table: Table, columns: readonly Column[], sort: readonly SortTerm[]): GroupPlan['order'] {
  const order = new Map<string, 'asc' | 'desc'>();
  for (const term of sort) {
    const named = table.columnByName.get(term.field);
    const position = named === undefined ? -1 : columns.indexOf(named);
    if (position !== -1) order.set(groupKey(position), term.direction);
    else if (term.field === countField.key) order.set(countField.key, term.direction);
    else {
      requireColumn(table, term.field);
      throw new AppError(
        'UNPROCESSABLE',
        `Groups can be sorted by what they are grouped by and by count, not by '${term.field}'.`,
      );
    }
  }
  for (const position of columns.keys())
    if (!order.has(groupKey(position))) order.set(groupKey(position), 'asc');
  return [...order].map(([key, direction]) => ({ key, direction }));
}

function planGroups(core: Core, table: Table, request: GroupRequest): PlannedGroups {
  const columns = groupColumns(table, request.by);
  const plan: GroupPlan = {
    table: tableRef(table),
    by: columns.map((column, i) => ({ ...fieldOf(column), key: groupKey(i) })),
    aggregates: [countField],
    where: planSelection(table, request, planContext(core)).plan,
    order: groupOrder(table, columns, request.sort),
  };
  return { columns, plan };
}

/** The wire puts the count first. */
function writerOfGroups(columns: readonly Column[]): RowWriter {
  return createRowWriter([countField, ...columns.map(fieldOf)], 'text');
}

/** A page of groups, each with its values and `count`. Throws FIELD_NOT_FOUND, BAD_REQUEST, UNPROCESSABLE. */
export async function groupRecords(core: Core, table: Table, request: GroupRequest): Promise<RecordPage> {
  const { columns, plan } = planGroups(core, table, request);
  const total = await core.reader.countGroups(plan);
  const groups = await core.reader.group(plan, request.limit, request.offset);
  const rows = groups.map((group) => [group[columns.length] ?? null, ...group.slice(0, columns.length)]);
  const records = joinRows(await writeRows(core, writerOfGroups(columns), rows));
  return { records, total, limit: request.limit, offset: request.offset };
}

/** How many groups there are. */
export function countGroups(core: Core, table: Table, request: GroupRequest): Maybe<number> {
  return core.reader.countGroups(planGroups(core, table, request).plan);
}

function isGroup(column: Column, raw: RawValue): Condition {
  const expr = columnOf(column.name, column.storage);
  return raw === null ? isNull(expr) : compare('=', expr, literal(toValue(raw, column), column.storage));
}

export interface GroupedRecords {
  /** The group's value as JSON. */
  readonly key: string;
  readonly page: RecordPage;
}

export interface GroupedListRequest extends RecordSelection {
  readonly by: string;
  readonly fields?: readonly string[] | undefined;
  readonly sort: readonly SortTerm[];
  readonly groupLimit: number;
  readonly groupOffset: number;
  readonly limit: number;
  readonly offset: number;
}

/** The values of one column, each with a page of its records. */
export async function listByGroup(
  core: Core,
  table: Table,
  request: GroupedListRequest,
): Promise<GroupedRecords[]> {
  const { columns, plan } = planGroups(core, table, { ...request, by: [request.by], sort: [] });
  const [column] = columns;
  if (column === undefined) return [];
  const groups = await core.reader.group(plan, request.groupLimit, request.groupOffset);
  const writer = createRowWriter([{ ...fieldOf(column), key: 'key' }], 'text');
  const keys = await writeRows(core, writer, groups);
  const base = planRead(table, { ...request, shuffle: false }, planContext(core)).plan;
  const answers: GroupedRecords[] = [];
  for (const [i, group] of groups.entries()) {
    const where = all([base.where, isGroup(column, group[0] ?? null)]);
    const read = { plan: { ...base, where }, prepared: core.reader.prepare({ ...base, where }) };
    const records = await readPage(core, read, request.limit, request.offset);
    const total = await read.prepared.count();
    answers.push({
      key: (keys[i] ?? '{"key":null}').slice('{"key":'.length, -1),
      page: { records, total, limit: request.limit, offset: request.offset },
    });
  }
  return answers;
}
