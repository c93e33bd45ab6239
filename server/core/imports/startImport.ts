import { recordAudit } from '../audit/record.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Caller, Table } from '../model.ts';
import type { Job } from '../ports.ts';
import { callerId } from '../records/fill.ts';
import { requireWritable } from '../sources/guards.ts';
import { deleteTable } from '../tables/delete.ts';
import type { ReadOptions, StoredFile } from './importedFile.ts';
import { importTables } from './importTables.ts';
import { importJob } from './jobs.ts';
import type { ImportProgress, ImportReport } from './report.ts';

export interface ImportRequest {
  readonly baseId: string;
  readonly file: StoredFile;
  readonly options: ReadOptions;
  readonly into: Table | undefined;
}

/** Imports at once in one process: each holds an upload and waits for the others' writes. */
const maxRunning = 8;
/** Progress is written at most this often; milliseconds. */
const progressInterval = 500;

interface Running {
  readonly abort: AbortController;
  readonly jobs: Set<Promise<void>>;
}

const runningOf = new WeakMap<Core, Running>();

function requireRunning(core: Core): Running {
  let running = runningOf.get(core);
  if (running === undefined) {
    running = { abort: new AbortController(), jobs: new Set() };
    runningOf.set(core, running);
  }
  return running;
}

const save = (
  core: Core,
  id: string,
  change: Partial<Pick<Job, 'status' | 'progress' | 'result'>>,
): Promise<void> =>
  core.transaction((tx) => tx.jobs.update(id, { ...change, updatedAt: core.clock().getTime() }));

/** Writes progress, but not more often than it can be read. */
function progressWriter(core: Core, id: string, upload: string): (progress: ImportProgress) => Promise<void> {
  let written = Number.NEGATIVE_INFINITY;
  let unfinished: string | null = null;
  return async (progress) => {
    const now = core.clock().getTime();
    if (now - written < progressInterval && unfinished === progress.unfinishedTableId) return;
    written = now;
    unfinished = progress.unfinishedTableId;
    await save(core, id, { progress: { ...progress, upload } });
  };
}

async function fail(
  core: Core,
  caller: Caller,
  request: ImportRequest,
  id: string,
  error: unknown,
): Promise<void> {
  const known = error instanceof AppError && error.code !== 'INTERNAL';
  const message = known
    ? error.message
    : 'The import stopped because of an internal error. Try again; if it persists, tell the administrator.';
  if (!known) core.importFiles.failed(error);
  await save(core, id, {
    status: 'failed',
    result: { error: message, code: known ? error.code : 'INTERNAL' },
  });
  await core.transaction((tx) =>
    recordAudit(core, tx, caller, {
      action: 'data.importFailed',
      baseId: request.baseId,
      target: id,
      details: { error: message },
    }),
  );
}

/** Reads the file into tables; the file is gone when this ends, however it ends. */
async function importFile(
  core: Core,
  caller: Caller,
  request: ImportRequest,
  id: string,
  signal: AbortSignal,
): Promise<ImportReport> {
  try {
    const file = await core.importFiles.open(request.file, request.options);
    try {
      const onProgress = progressWriter(core, id, request.file.id);
      return await importTables(core, caller, request.baseId, file, {
        into: request.into,
        onProgress,
        signal,
      });
    } finally {
      file.close();
    }
  } finally {
    await core.importFiles.remove(request.file);
  }
}

async function run(
  core: Core,
  caller: Caller,
  request: ImportRequest,
  id: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    const report = await importFile(core, caller, request, id, signal);
    await save(core, id, { status: 'completed', result: { ...report } });
  } catch (error) {
    await fail(core, caller, request, id, error);
  }
}

/**
 * Starts an import and returns its job at once; the file is removed when the
 * job ends, however it ends. Throws RATE_LIMITED while too many are running.
 */
export async function startImport(core: Core, caller: Caller, request: ImportRequest): Promise<Job> {
  const running = requireRunning(core);
  const now = core.clock().getTime();
  const job: Job = {
    id: core.newId('job'),
    baseId: request.baseId,
    kind: importJob,
    status: 'active',
    userId: callerId(caller) ?? '',
    progress: { upload: request.file.id },
    result: null,
    createdAt: now,
    updatedAt: now,
  };
  try {
    if (request.into !== undefined) requireWritable(request.into);
    if (running.abort.signal.aborted)
      throw new AppError('UNAVAILABLE', 'The server is stopping; ask another instance');
    if (running.jobs.size >= maxRunning) {
      throw new AppError(
        'RATE_LIMITED',
        `${maxRunning} imports are running already. Wait until one of them is done.`,
      );
    }
    await core.transaction((tx) => tx.jobs.insert(job));
  } catch (error) {
    await core.importFiles.remove(request.file);
    throw error;
  }
  const work: Promise<void> = run(core, caller, request, job.id, running.abort.signal).finally(() =>
    running.jobs.delete(work),
  );
  // A job whose end cannot be written is found and failed by the next start.
  work.catch(() => undefined);
  running.jobs.add(work);
  return job;
}

/** Stops running imports: each removes its unfinished table and ends as failed. Before the database closes. */
export async function stopImports(core: Core): Promise<void> {
  const running = requireRunning(core);
  running.abort.abort();
  await Promise.allSettled([...running.jobs]);
}

/**
 * After a crash: imports that were under way are marked as failed, their
 * unfinished tables and uploads removed. At start, and when another instance is found dead.
 */
export async function sweepImports(core: Core): Promise<void> {
  const caller: Caller = { principal: { kind: 'anonymous' }, requestId: 'start', address: null, agent: null };
  await core.importFiles.sweep();
  for (const base of await core.stores.bases.list()) {
    for (const job of await core.stores.jobs.list(base.id, { kind: importJob, status: 'active' })) {
      if (await core.importFiles.isInUse(String(job.progress?.upload))) continue;
      const tableId = job.progress?.unfinishedTableId;
      const found = typeof tableId === 'string' ? await core.snapshot.findTable(tableId) : undefined;
      if (found !== undefined) await deleteTable(core, caller, found.table);
      const error =
        'The server ended while the import was running. What it had not finished was removed; import the file again.';
      await save(core, job.id, { status: 'failed', result: { error, code: 'UNAVAILABLE' } });
    }
  }
}
