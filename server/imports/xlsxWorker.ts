import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { read, SSF } from '@e965/xlsx';
import { AppError } from '../core/errors.ts';
import type { OpenedSheets, SheetAnswer, SheetJob, SheetQuestion } from './readXlsx.ts';
import { readSheets, type SheetTable } from './xlsxSheets.ts';
import { checkZip } from './zipSizes.ts';

/**
 * The thread that holds one open workbook. Reading one takes seconds and
 * memory, so it neither delays nor endangers those who are served. A file of
 * its own in the build (`xlsxWorker.js`).
 */
const port = parentPort;
if (port === null) throw new Error('this file runs in a worker thread');

let tables: SheetTable[] = [];

function open({ path, mostUnpacked, options }: SheetJob): OpenedSheets {
  const file = readFileSync(path);
  checkZip(file, mostUnpacked);
  const book = read(file, {
    dense: true,
    cellNF: true,
    cellText: false,
    cellHTML: false,
    cellFormula: false,
    nodim: true,
  });
  const found = readSheets(book, SSF as { is_date: (format: string) => boolean }, options);
  tables = found.tables;
  return {
    notes: found.notes,
    tables: tables.map(({ title, columns, rowCount }) => ({ title, columns, rowCount })),
  };
}

function answer(work: () => SheetAnswer['value']): SheetAnswer {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof AppError) return { refused: error.message };
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

port.on('message', ({ table, from, count }: SheetQuestion) => {
  port.postMessage(answer(() => tables[table]?.read(from, count)));
});
port.postMessage(answer(() => open(workerData as SheetJob)));
