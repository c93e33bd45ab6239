import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { AppError } from '../core/errors.ts';
import type {
  ImportedBatch,
  ImportedColumn,
  ImportedFile,
  ReadOptions,
} from '../core/imports/importedFile.ts';
import { readStart } from './decodeText.ts';
import type { SheetOptions } from './xlsxSheets.ts';

/** The reader holds the whole file in memory, so it has limits of its own. */
const mostBytes = 50 * 2 ** 20;
const mostUnpacked = 256 * 2 ** 20;
/** Megabytes of JavaScript heap: beyond it the thread ends, not the process. */
const heapLimit = 1024;
/** Workbooks open at the same time. */
const mostOpen = 2;
/** Milliseconds until a file that is still being parsed counts as hostile. */
const patience = 300_000;
const batchSize = 500;

/** What the thread is told at its start. */
export interface SheetJob {
  readonly path: string;
  readonly mostUnpacked: number;
  readonly options: SheetOptions;
}
export interface SheetQuestion {
  readonly table: number;
  readonly from: number;
  readonly count: number;
}
export interface SheetAnswer {
  readonly value?: unknown;
  /** What is wrong with the file. */
  readonly refused?: string;
  /** What went wrong inside. */
  readonly failed?: string;
}
export interface OpenedSheets {
  readonly notes: readonly string[];
  readonly tables: readonly {
    readonly title: string;
    readonly columns: readonly ImportedColumn[];
    readonly rowCount: number;
  }[];
}

/** The file the build must make of xlsxWorker.ts, beside the bundle that holds this module. */
const workerFile = import.meta.url.endsWith('.ts') ? './xlsxWorker.ts' : './xlsxWorker.js';

const zipStart = Buffer.from('PK\x03\x04', 'latin1');
const oldStart = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

/** Whether a file is a zip container, or what Excel wrote before those: nothing else Rowgate reads is. */
export async function isExcelFile(path: string): Promise<boolean> {
  const start = await readStart(path, 4);
  return start.equals(zipStart) || start.equals(oldStart);
}

const refuse = (message: string, cause?: unknown): AppError =>
  new AppError('UNPROCESSABLE', message, undefined, cause);

async function checkFile(path: string): Promise<void> {
  const start = await readStart(path, 4);
  if (start.equals(oldStart)) {
    throw refuse(
      'The file is an old .xls workbook, or one with a password. Open it and save it as .xlsx without password.',
    );
  }
  if (!start.equals(zipStart)) throw refuse('The file is not an Excel workbook (.xlsx).');
  const { size } = await stat(path);
  if (size > mostBytes) {
    throw refuse(
      `The Excel file has ${Math.ceil(size / 2 ** 20)} MB; at most ${mostBytes / 2 ** 20} MB can be read. Save its sheets as CSV and import those.`,
    );
  }
}

let open = 0;

/** One question at a time. */
function startThread(job: SheetJob) {
  open += 1;
  const worker = new Worker(new URL(workerFile, import.meta.url), {
    workerData: job,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapLimit },
  });
  let ended: AppError | undefined;
  let waiting: ((error: AppError) => void) | undefined;
  const end = (error: AppError): void => {
    if (ended !== undefined) return;
    ended = error;
    open -= 1;
    waiting?.(error);
  };
  worker.on('error', (error) =>
    end(
      refuse(
        'The Excel file needs more memory than there is. Save its sheets as CSV and import those.',
        error,
      ),
    ),
  );
  worker.on('exit', () => end(refuse('The Excel file could not be read to its end.')));
  return {
    next: (question?: SheetQuestion): Promise<unknown> =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(ended);
        waiting = reject;
        worker.once('message', ({ value, refused, failed }: SheetAnswer) => {
          waiting = undefined;
          if (refused !== undefined) reject(refuse(refused));
          else if (failed !== undefined) {
            const cause = new Error(failed);
            reject(
              refuse('The file is not an Excel workbook that can be read. Save it again as .xlsx.', cause),
            );
          } else resolve(value);
        });
        if (question !== undefined) worker.postMessage(question);
      }),
    close(): void {
      end(refuse('The Excel file is closed.'));
      void worker.terminate();
    },
  };
}

type Thread = ReturnType<typeof startThread>;

async function* readRows(thread: Thread, table: number, rowCount: number): AsyncGenerator<ImportedBatch> {
  for (let from = 0; from < rowCount; from += batchSize) {
    const part = (await thread.next({ table, from, count: batchSize })) as Omit<ImportedBatch, 'refused'>;
    yield { ...part, refused: [] };
  }
}

/**
 * Looks through an Excel workbook: every sheet that holds something is a table;
 * dates, numbers and booleans stay what they are, formulas come in as their
 * results. Throws UNPROCESSABLE for a file that is none, damaged or too large,
 * RATE_LIMITED while others are being read.
 * @param fileTitle for a sheet that has no name of its own
 */
export async function openXlsx(path: string, fileTitle: string, options: ReadOptions): Promise<ImportedFile> {
  await checkFile(path);
  if (open >= mostOpen) {
    throw new AppError(
      'RATE_LIMITED',
      `${mostOpen} Excel files are being read already. Wait until one of them is done.`,
    );
  }
  const { header, types, title } = options;
  const sheetOptions = {
    ...(header === undefined ? {} : { header }),
    ...(types === undefined ? {} : { types }),
    fileTitle,
    title: title === undefined ? undefined : fileTitle,
  };
  const thread = startThread({ path, mostUnpacked, options: sheetOptions });
  const timer = setTimeout(thread.close, patience);
  try {
    const { tables, notes } = (await thread.next()) as OpenedSheets;
    if (tables.length === 0) throw refuse('The Excel file holds no cells. Give one with at least one row.');
    return {
      format: 'xlsx',
      notes,
      tables: tables.map((table, index) => ({
        ...table,
        foreignKeys: [],
        indexes: [],
        read: () => readRows(thread, index, table.rowCount),
      })),
      close: thread.close,
    };
  } catch (error) {
    thread.close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
