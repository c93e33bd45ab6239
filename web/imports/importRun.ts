import type { QueryClient } from '@tanstack/react-query';
import { create } from 'zustand';
import { request } from '../api/client.ts';
import { type Job, readJob } from '../api/jobs.ts';
import { keys } from '../api/queries.ts';
import type { Base } from '../api/shapes.ts';
import { explain, notifyError } from '../ui/notify.ts';
import type { ChosenTypes, ImportProgress, ImportReport, Place, ReadingOptions, Skipped } from './shapes.ts';
import { sendUpload } from './upload.ts';

export type ImportRun =
  | { readonly phase: 'uploading'; readonly part: number }
  | { readonly phase: 'storing'; readonly progress: ImportProgress | undefined }
  | { readonly phase: 'done'; readonly baseId: string; readonly report: ImportReport }
  | { readonly phase: 'failed'; readonly problem: string };

interface Runs {
  readonly run: ImportRun | undefined;
}

/** The import under way. It goes on when its dialog is closed. */
export const useImportRun = create<Runs>(() => ({ run: undefined }));

const tell = (run: ImportRun | undefined): void => useImportRun.setState({ run });
export const forgetImportRun = (): void => tell(undefined);

export interface ImportOrder {
  readonly file: File;
  readonly place: Place;
  readonly reading: ReadingOptions;
  readonly types: ChosenTypes;
  readonly skip: Skipped;
}

const pollInterval = 400; // milliseconds

async function waitForReport(baseId: string, id: string): Promise<ImportReport> {
  for (;;) {
    const job: Job<ImportReport & { error?: string }> = await readJob(baseId, id);
    if (job.status === 'completed' && job.result !== null) return job.result;
    if (job.status === 'failed') throw new Error(job.result?.error ?? '');
    const progress = job.progress as ImportProgress | null;
    tell({ phase: 'storing', progress: progress?.rowsTotal === undefined ? undefined : progress });
    await new Promise((resolve) => setTimeout(resolve, pollInterval));
  }
}

const isEmpty = (choices: ChosenTypes | Skipped): boolean => Object.keys(choices).length === 0;

/** How the server is told what to do with the file. */
export function fileQuery({
  file,
  place,
  reading,
  types,
  skip,
}: ImportOrder): Record<string, string | undefined> {
  return {
    name: file.name,
    format: /\.xlsx$/i.test(file.name) ? 'xlsx' : undefined,
    tableId: place.tableId,
    types: place.tableId !== undefined || isEmpty(types) ? undefined : JSON.stringify(types),
    skip: isEmpty(skip) ? undefined : JSON.stringify(skip),
    ...reading,
  };
}

async function bringIn(order: ImportOrder, baseId: string): Promise<ImportReport> {
  const { id } = await sendUpload<{ id: string }>({
    path: `/api/v2/meta/bases/${baseId}/import`,
    file: order.file,
    query: fileQuery(order),
    onProgress: (part) =>
      tell(part < 1 ? { phase: 'uploading', part } : { phase: 'storing', progress: undefined }),
  });
  tell({ phase: 'storing', progress: undefined });
  return waitForReport(baseId, id);
}

/** Gives the only new table the title that was asked for; the file may have named it otherwise. */
async function nameTable(report: ImportReport, wanted: string): Promise<ImportReport> {
  const [table, ...others] = report.tables;
  if (table === undefined || others.length > 0 || wanted === '' || wanted === table.title) return report;
  await request('PATCH', `/api/v2/meta/tables/${table.id}`, { body: { title: wanted } });
  return { ...report, tables: [{ ...table, title: wanted }] };
}

/** Removes a base that was made for an import which then brought nothing. */
async function removeIfEmpty(baseId: string): Promise<void> {
  const { list } = await request<{ list: unknown[] }>('GET', `/api/v2/meta/bases/${baseId}/tables`);
  if (list.length === 0) await request('DELETE', `/api/v2/meta/bases/${baseId}`);
}

/** Uploads the file and follows its import to the end. */
export async function runImport(order: ImportOrder, client: QueryClient): Promise<void> {
  const { place } = order;
  let made: string | undefined;
  tell({ phase: 'uploading', part: 0 });
  try {
    if (place.baseId === undefined) {
      const body = { title: place.newBaseTitle };
      made = (await request<Base>('POST', '/api/v2/meta/bases/', { body })).id;
    }
    const baseId = place.baseId ?? made ?? '';
    let report = await bringIn(order, baseId);
    if (place.tableId === undefined) {
      // A title that is taken is no reason to call the import failed: the table keeps the file's.
      report = await nameTable(report, place.newTableTitle.trim()).catch((error: unknown) => {
        notifyError(error);
        return report;
      });
    }
    await client.invalidateQueries({ queryKey: keys.bases });
    await client.invalidateQueries({ queryKey: keys.tables(baseId) });
    if (place.tableId !== undefined) void client.invalidateQueries({ queryKey: keys.records(place.tableId) });
    tell({ phase: 'done', baseId, report });
  } catch (error) {
    tell({ phase: 'failed', problem: explain(error) });
    if (made !== undefined) await removeIfEmpty(made).catch(() => undefined); // an empty base harms nobody
    void client.invalidateQueries({ queryKey: keys.bases });
    if (place.baseId !== undefined) void client.invalidateQueries({ queryKey: keys.tables(place.baseId) });
  }
}
