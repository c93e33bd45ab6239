import type { Core } from '../context.ts';
import type { Column, Table } from '../model.ts';
import type { RawValue, ReadPlan } from '../ports.ts';
import { planRead } from '../query/plan.ts';
import type { RecordListRequest } from '../query/request.ts';
import { namedColumns, requireView, shownColumns, visibleColumns } from '../query/view.ts';
import { planContext } from './list.ts';
import { toValue } from './value.ts';
import { collectPeople, createRowWriter, idsIn } from './writer.ts';

/** Rows read at a time: a table of any size takes the memory of one batch. */
export const batchSize = 1000;

/** Characters that make a spreadsheet take a text for a formula. */
const formulaStart = /^[=+\-@\t\r]/;
const needsQuotes = /[",\r\n]|^\s|\s$/;

const quote = (text: string): string => (needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A text as a cell of a spreadsheet: never a formula. */
const textCell = (text: string): string => quote(formulaStart.test(text) ? `'${text}` : text);

function formatCell(core: Core, column: Column, raw: RawValue): string {
  if (raw === null) return '';
  if (column.type.json === 'people' || column.type.json === 'person') {
    return textCell(
      idsIn(String(raw))
        .map((id) => core.directory.peek(id)?.email ?? id)
        .join(','),
    );
  }
  const text = column.type.format(toValue(raw, column), column.options);
  return column.storage === 'text' ? textCell(text) : quote(text);
}

async function* writeBatches(core: Core, plan: ReadPlan, columns: readonly Column[]): AsyncGenerator<string> {
  yield `${columns.map((column) => textCell(column.title)).join(',')}\r\n`;
  const writer = createRowWriter(plan.fields, plan.lists);
  for await (const rows of core.reader.scan(plan, batchSize)) {
    await core.directory.load(collectPeople(writer, rows));
    const lines = rows.map((row) =>
      columns.map((column, i) => formatCell(core, column, row[i] ?? null)).join(','),
    );
    yield `${lines.join('\r\n')}\r\n`;
  }
}

/** What people see: a view that hides the key exports none. */
function exportedColumns(
  table: Table,
  { fields, viewId }: Pick<RecordListRequest, 'fields' | 'viewId'>,
): readonly Column[] {
  if (fields !== undefined) return namedColumns(table, fields, viewId);
  const shown = viewId === undefined ? [] : shownColumns(requireView(table, viewId));
  return shown.length > 0 ? shown : visibleColumns(table, viewId);
}

export type ExportRequest = Omit<RecordListRequest, 'limit' | 'offset'>;

/** The columns of an export and the read of its rows. Throws like a list. */
export function planExport(
  core: Core,
  table: Table,
  request: ExportRequest,
): { columns: readonly Column[]; plan: ReadPlan } {
  const columns = exportedColumns(table, request);
  const fields = columns.map((column) => column.title);
  return { columns, plan: planRead(table, { ...request, fields }, planContext(core)).plan };
}

/**
 * All records of a selection as CSV (RFC 4180, CRLF, titles first), a batch at
 * a time; people as e-mail addresses. Texts that a spreadsheet would run as a
 * formula begin with an apostrophe. Throws like a list, before the first byte.
 */
export function exportRecords(core: Core, table: Table, request: ExportRequest): AsyncIterable<string> {
  const { columns, plan } = planExport(core, table, request);
  return writeBatches(core, plan, columns);
}
