import type { Core } from '../context.ts';
import type { Table } from '../model.ts';
import type { Maybe } from '../ports.ts';
import { compileOnce } from '../query/cache.ts';
import { type PlanContext, planRead } from '../query/plan.ts';
import type { RecordListRequest } from '../query/request.ts';
import { andThen } from './maybe.ts';
import { type CompiledRead, type RecordPage, readPage } from './page.ts';

/** A list request ready to run: what a warm request finds instead of parsing and planning. */
export interface CompiledList {
  readonly read: CompiledRead;
  readonly limit: number;
  readonly offset: number;
}

export const planContext = (core: Core): PlanContext => ({
  now: core.clock(),
  timeZone: core.settings.timeZone,
});

/** Plans of requests that differ only in the page they ask for are the same read. */
function readKey(request: RecordListRequest): string {
  const { limit: _limit, offset: _offset, ...rest } = request;
  return `read ${JSON.stringify(rest)}`;
}

/**
 * A list request, compiled once for each `key` (everything the request was
 * decoded from). Throws what `decode` and the planner throw.
 */
export function compileList(
  core: Core,
  table: Table,
  key: string,
  decode: () => RecordListRequest,
): CompiledList {
  return compileOnce(table, `list ${key}`, () => {
    const request = decode();
    let volatile = false;
    const read = compileOnce<CompiledRead>(table, readKey(request), () => {
      const planned = planRead(table, request, planContext(core));
      volatile = planned.volatile;
      return { value: { plan: planned.plan, prepared: core.reader.prepare(planned.plan) }, volatile };
    });
    return { value: { read, limit: request.limit, offset: request.offset }, volatile };
  });
}

/** A page of records and how many there are in all. An offset past the end is an empty page. */
export function runList(core: Core, list: CompiledList): Maybe<RecordPage> {
  const { read, limit, offset } = list;
  const total = read.prepared.count();
  // Both are asked at once. Should the page fail, nobody waits for the count any more: its failure is no news.
  if (total instanceof Promise) total.catch(() => undefined);
  return andThen(readPage(core, read, limit, offset), (records) =>
    andThen(total, (counted) => ({ records, total: counted, limit, offset })),
  );
}

/** The first record of a list as JSON; `{}` when there is none. */
export function findOneRecord(core: Core, list: CompiledList): Maybe<Buffer> {
  return andThen(readPage(core, list.read, 1, list.offset), (records) => {
    const first = records.subarray(1, -1);
    return first.length === 0 ? Buffer.from('{}') : first;
  });
}

/** How many records a selection keeps; the page asked for plays no part. */
export const countRecords = (list: CompiledList): Maybe<number> => list.read.prepared.count();
