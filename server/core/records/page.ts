import type { Core } from '../context.ts';
import type { JsonText, Maybe, PreparedRead, RawValue, ReadPlan } from '../ports.ts';
import { andThen } from './maybe.ts';
import { collectPeople, createRowWriter, type RowWriter } from './writer.ts';

/** A page of records as the JSON text of an array. */
export interface RecordPage {
  readonly records: JsonText;
  /** Records in all, of which this page shows some. */
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
}

export interface PageInfo {
  readonly totalRows: number;
  readonly page?: number;
  readonly offset?: number;
  readonly pageSize: number;
  readonly isFirstPage: boolean;
  readonly isLastPage: boolean;
}

/** Where a page stands; `page` becomes `offset` when the offset is not a multiple of the limit. */
export function pageInfo(total: number, limit: number, offset: number): PageInfo {
  const position = offset % limit === 0 ? { page: offset / limit + 1 } : { offset };
  return {
    totalRows: total,
    ...position,
    pageSize: limit,
    isFirstPage: offset === 0,
    isLastPage: offset + limit >= total,
  };
}

/** A plan with its compiled read and, made at first use, its writer. */
export interface CompiledRead {
  readonly plan: ReadPlan;
  readonly prepared: PreparedRead;
}

const writers = new WeakMap<ReadPlan, RowWriter>();

export function writerOf(plan: ReadPlan): RowWriter {
  let writer = writers.get(plan);
  if (writer === undefined) {
    writer = createRowWriter(plan.fields, plan.lists);
    writers.set(plan, writer);
  }
  return writer;
}

/** Rows as a JSON array; loads the people of all rows with one query. */
export function writeRows(
  core: Core,
  writer: RowWriter,
  rows: readonly (readonly RawValue[])[],
): Maybe<string[]> {
  const people = writer.people.length === 0 ? undefined : core.directory.load(collectPeople(writer, rows));
  return andThen(people, () => rows.map((row) => writer.write(row, core.directory.peek)));
}

export const joinRows = (rows: readonly string[]): JsonText => Buffer.from(`[${rows.join(',')}]`);

/** A page as JSON: the engine's own bytes where it can write them. */
export function readPage(core: Core, read: CompiledRead, limit: number, offset: number): Maybe<JsonText> {
  if (read.prepared.json !== undefined) return read.prepared.json(limit, offset);
  return andThen(read.prepared.rows(limit, offset), (rows) =>
    andThen(writeRows(core, writerOf(read.plan), rows), joinRows),
  );
}
