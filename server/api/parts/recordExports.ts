import { Readable } from 'node:stream';
import { Type } from 'typebox';
import type { View } from '../../core/model.ts';
import { exportRecords } from '../../core/records/export.ts';
import { exportCells } from '../../core/records/exportCells.ts';
import { excelType, mostSheetRows, writeWorkbook } from '../excel/workbook.ts';
import { type AnyRoute, type Call, Content } from '../route.ts';
import { listParameters } from './listParameters.ts';
import { parseListQuery } from './listQuery.ts';

/** Records as a file to download, in constant memory. */

// biome-ignore lint/suspicious/noExplicitAny: exports look at no body
type AnyCall = Call<any>;

/** As a list, but without pages. */
export const exportParameters: NonNullable<AnyRoute['query']> = Object.fromEntries(
  Object.entries(listParameters).filter(([name]) => !['limit', 'offset', 'page'].includes(name)),
);

export const csvReply = Type.String({ contentMediaType: 'text/csv' });
export const excelReply = Type.String({ contentMediaType: excelType });

/** A file name that every system takes. */
const fileName = (title: string): string => title.replace(/[^\p{L}\p{N} ._-]/gu, '_').slice(0, 100);

function nameFile(call: AnyCall, view: View | undefined, ending: string): void {
  const { table } = call.target;
  const title = view === undefined || view.isDefault ? table.title : `${table.title} - ${view.title}`;
  const name = encodeURIComponent(`${fileName(title)}.${ending}`);
  call.setHeader('content-disposition', `attachment; filename="export.${ending}"; filename*=UTF-8''${name}`);
}

/** What the query asks for, and the view it or the path names. */
function readRequest(call: AnyCall, ofPath: View | undefined) {
  const request = parseListQuery(call.query, call.core.settings);
  const viewId = ofPath?.id ?? request.viewId;
  const view = call.target.table.views.find((candidate) => candidate.id === viewId);
  return { request: { ...request, ...(viewId === undefined ? {} : { viewId }) }, view };
}

/** Stops when the right to read ends while the file is being made. */
async function* whileAllowed<T>(call: AnyCall, chunks: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const chunk of chunks) {
    await call.recheck();
    yield chunk;
  }
}

export function answerCsv(call: AnyCall, ofPath?: View): Content {
  const { request, view } = readRequest(call, ofPath);
  const chunks = exportRecords(call.core, call.target.table, request);
  nameFile(call, view, 'csv');
  return new Content('text/csv; charset=utf-8', Readable.from(whileAllowed(call, chunks)));
}

export async function answerExcel(call: AnyCall, ofPath?: View): Promise<Content> {
  const { table } = call.target;
  const { request, view } = readRequest(call, ofPath);
  const { titles, rows } = await exportCells(call.core, table, request, mostSheetRows);
  nameFile(call, view, 'xlsx');
  const bytes = writeWorkbook(table.title, titles, whileAllowed(call, rows));
  return new Content(excelType, Readable.from(bytes));
}
