import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Column, Table } from '../model.ts';
import type { RawValue, ReadPlan } from '../ports.ts';
import { batchSize, type ExportRequest, planExport } from './export.ts';
import { toValue } from './value.ts';
import { collectPeople, createRowWriter, idsIn } from './writer.ts';

/** A cell of a spreadsheet: a text, a number it holds exactly, a truth, or a moment in its canonical form. */
export type ExportCell =
  | string
  | number
  | boolean
  | null
  | { readonly kind: 'date' | 'datetime' | 'time'; readonly text: string };

/** Spreadsheets compute with so many digits; a longer number would change, so it stays a text. */
const exactDigits = 15;

function numberCell(text: string): ExportCell {
  const digits = text.replace(/^-?0*\.?0*|\./g, '').length;
  return digits <= exactDigits && text.length <= 25 ? Number(text) : text;
}

type ToCell = (raw: Exclude<RawValue, null>) => ExportCell;

function cellOf(core: Core, column: Column): ToCell {
  const { type, options, storage } = column;
  if (type.json === 'people' || type.json === 'person') {
    return (raw) =>
      idsIn(String(raw))
        .map((id) => core.directory.peek(id)?.email ?? id)
        .join(',');
  }
  const format: ToCell = (raw) => type.format(toValue(raw, column), options);
  switch (storage) {
    case 'boolean':
      return (raw) => toValue(raw, column) === true;
    case 'integer':
    case 'decimal':
      return (raw) => numberCell(String(raw));
    case 'date':
    case 'datetime':
    case 'time':
      return (raw) => ({ kind: storage, text: String(raw) });
    default:
      return format;
  }
}

async function* readCells(
  core: Core,
  plan: ReadPlan,
  columns: readonly Column[],
  most: number,
): AsyncGenerator<ExportCell[][]> {
  const writer = createRowWriter(plan.fields, plan.lists);
  const convert = columns.map((column) => cellOf(core, column));
  let left = most;
  for await (const rows of core.reader.scan(plan, batchSize)) {
    left -= rows.length;
    if (left < 0) throw refuseMany(most); // somebody added records since they were counted
    await core.directory.load(collectPeople(writer, rows));
    yield rows.map((row) =>
      convert.map((toCell, i) => {
        const raw = row[i] ?? null;
        return raw === null ? null : toCell(raw);
      }),
    );
  }
}

const refuseMany = (most: number): AppError =>
  new AppError(
    'UNPROCESSABLE',
    `A sheet holds ${most} records at most and this selection has more. Filter it, or export CSV, which has no limit.`,
  );

/**
 * All records of a selection as cells, a batch at a time. Throws like a list,
 * and UNPROCESSABLE for more than `most` records, before the first row.
 */
export async function exportCells(
  core: Core,
  table: Table,
  request: ExportRequest,
  most: number,
): Promise<{ titles: readonly string[]; rows: AsyncIterable<ExportCell[][]> }> {
  const { columns, plan } = planExport(core, table, request);
  if ((await core.reader.count(plan.table, plan.where)) > most) throw refuseMany(most);
  return { titles: columns.map((column) => column.title), rows: readCells(core, plan, columns, most) };
}
