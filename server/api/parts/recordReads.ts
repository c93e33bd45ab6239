import type { View } from '../../core/model.ts';
import type { Maybe } from '../../core/ports.ts';
import { countGroups, type GroupRequest, groupRecords, listByGroup } from '../../core/records/group.ts';
import {
  type CompiledList,
  compileList,
  countRecords,
  findOneRecord,
  runList,
} from '../../core/records/list.ts';
import { andThen } from '../../core/records/maybe.ts';
import { pageInfo, type RecordPage } from '../../core/records/page.ts';
import { compileRecord, readRecord, recordExists } from '../../core/records/read.ts';
import { type Call, Json } from '../route.ts';
import {
  parseListQuery,
  type Query,
  readAll,
  readFields,
  readLimit,
  readOffset,
  readOne,
  readSelection,
  readSort,
} from './listQuery.ts';

/** Answers about records that several versions share. `view` is a view the path names. */

type ViewOfPath = View | undefined;
// biome-ignore lint/suspicious/noExplicitAny: reading routes look at no body
type AnyCall = Call<any>;

const listOpen = Buffer.from('{"list":');

/** `{"list":…,"pageInfo":…}` as bytes. */
export function encodePage(page: RecordPage): Buffer {
  const info = JSON.stringify(pageInfo(page.total, page.limit, page.offset));
  return Buffer.concat([listOpen, page.records, Buffer.from(`,"pageInfo":${info}}`)]);
}

/** Everything a decoded query depends on besides the table. */
const cacheKey = (call: AnyCall, view: ViewOfPath): string => `${view?.id ?? ''} ${call.queryText}`;

const within = <T extends { viewId?: string | undefined }>(request: T, view: ViewOfPath): T =>
  view === undefined ? request : { ...request, viewId: view.id };

/** Milliseconds the data took, as the wire reports them. */
function reportTime(call: AnyCall, started: number): void {
  call.setHeader('xc-db-response', (performance.now() - started).toFixed(3));
}

const listOf = (call: AnyCall, view: ViewOfPath): CompiledList =>
  compileList(call.core, call.target.table, cacheKey(call, view), () =>
    within(parseListQuery(call.query, call.core.settings), view),
  );

export function answerList(call: AnyCall, view?: ViewOfPath): Maybe<Json> {
  const started = performance.now();
  return andThen(runList(call.core, listOf(call, view)), (page) => {
    reportTime(call, started);
    return new Json(encodePage(page));
  });
}

export function answerFindOne(call: AnyCall, view?: ViewOfPath): Maybe<Json> {
  return andThen(findOneRecord(call.core, listOf(call, view)), (bytes) => new Json(bytes));
}

export function answerCount(call: AnyCall, view?: ViewOfPath): Maybe<{ count: number }> {
  const { core, target, query } = call;
  const list = compileList(core, target.table, `count ${cacheKey(call, view)}`, () => ({
    ...within(readSelection(query), view),
    sort: [],
    shuffle: false,
    limit: 1,
    offset: 0,
  }));
  return andThen(countRecords(list), (count) => ({ count }));
}

export function answerRead(call: AnyCall, view?: ViewOfPath): Maybe<Json> {
  const started = performance.now();
  const { core, target, query, params } = call;
  const record = compileRecord(core, target.table, cacheKey(call, view), () => ({
    fields: readFields(query),
    viewId: view?.id ?? (readOne(query, 'viewId') || undefined),
  }));
  return andThen(readRecord(core, target.table, record, params.rowId ?? ''), (bytes) => {
    reportTime(call, started);
    return new Json(bytes);
  });
}

export const answerExists = (call: AnyCall): Maybe<boolean> =>
  recordExists(call.core, call.target.table, call.params.rowId ?? '');

/** Grouping as the query of a listing route says it, `column_name` naming the columns. */
export function parseGroupQuery(call: AnyCall, query: Query, view: ViewOfPath): GroupRequest {
  const limit = readLimit(query, call.core.settings);
  const by = readAll(query, 'column_name').flatMap((text) => text.split(','));
  return {
    ...within(readSelection(query), view),
    by: by.map((name) => name.trim()).filter((name) => name !== ''),
    sort: readSort(query),
    limit,
    offset: readOffset(query, limit),
  };
}

export async function answerGroups(call: AnyCall, view?: ViewOfPath): Promise<Json> {
  const request = parseGroupQuery(call, call.query, view);
  return new Json(encodePage(await groupRecords(call.core, call.target.table, request)));
}

export const answerGroupCount = (call: AnyCall, view?: ViewOfPath): Maybe<number> =>
  countGroups(call.core, call.target.table, parseGroupQuery(call, call.query, view));

/** Records shown of each group unless asked otherwise: the wire's. */
const recordsOfGroup = 10;

export async function answerRecordsByGroup(call: AnyCall, view?: ViewOfPath): Promise<Json> {
  const { core, target, query, params } = call;
  const limits = core.settings;
  const limit = readLimit(query, { ...limits, pageSizeDefault: recordsOfGroup });
  const groups = await listByGroup(core, target.table, {
    ...within(readSelection(query), view),
    by: params.columnId ?? '',
    fields: readFields(query),
    sort: readSort(query),
    groupLimit: limits.pageSizeDefault,
    groupOffset: 0,
    limit,
    offset: readOffset(query, limit),
  });
  const parts = groups.map(({ key, page }) => `{"key":${key},"value":${encodePage(page).toString()}}`);
  return new Json(Buffer.from(`[${parts.join(',')}]`));
}
