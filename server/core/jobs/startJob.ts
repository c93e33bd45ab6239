import { recordAudit } from '../audit/record.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { StoredFile } from '../imports/importedFile.ts';
import type { Caller } from '../model.ts';
import type { Job, Transaction } from '../ports.ts';
import { callerId } from '../records/fill.ts';

/** Jobs at once in one process: each waits for the others' writes. */
const maxRunning = 8;
/** Progress is written at most this often; milliseconds. */
const progressInterval = 500;

type Json = Readonly<Record<string, unknown>>;

/** What the work of a job is given. */
export interface RunningJob {
  readonly id: string;
  /** Throws UNAVAILABLE once the server is stopping. */
  readonly checkStopped: () => void;
  /** Keeps how far it is, in a transaction of the work; what `unfinished…` names is removed after a crash. */
  readonly keep: (tx: Transaction, progress: Json) => Promise<void>;
  /** The same in a transaction of its own, and not more often than it can be read. */
  readonly tell: (progress: Json) => Promise<void>;
}

export interface JobRequest {
  readonly kind: string;
  readonly baseId: string;
  readonly progress?: Json;
  /** Its answer is the result of the job. */
  readonly work: (job: RunningJob) => Promise<Json>;
}

interface Running {
  stopping: boolean;
  readonly jobs: Set<Promise<void>>;
}

const runningOf = new WeakMap<Core, Running>();

function requireRunning(core: Core): Running {
  let running = runningOf.get(core);
  if (running === undefined) {
    running = { stopping: false, jobs: new Set() };
    runningOf.set(core, running);
  }
  return running;
}

/** Changes the row of a job, in a transaction of its own. */
export const saveJob = (
  core: Core,
  id: string,
  change: Partial<Pick<Job, 'status' | 'progress' | 'result'>>,
): Promise<void> =>
  core.transaction((tx) => tx.jobs.update(id, { ...change, updatedAt: core.clock().getTime() }));

function handleOf(core: Core, id: string, upload: string): RunningJob {
  let written = core.clock().getTime();
  return {
    id,
    checkStopped() {
      if (requireRunning(core).stopping)
        throw new AppError('UNAVAILABLE', 'The server is stopping, so the job was given up. Start it again.');
    },
    keep: (tx, progress) =>
      tx.jobs.update(id, { progress: { ...progress, upload }, updatedAt: core.clock().getTime() }),
    async tell(progress) {
      const now = core.clock().getTime();
      if (now - written < progressInterval) return;
      written = now;
      await saveJob(core, id, { progress: { ...progress, upload } });
    },
  };
}

async function fail(
  core: Core,
  caller: Caller,
  request: JobRequest,
  id: string,
  error: unknown,
): Promise<void> {
  const known = error instanceof AppError && error.code !== 'INTERNAL';
  const message = known
    ? error.message
    : 'The job stopped because of an internal error. Try again; if it persists, tell the administrator.';
  if (!known) core.jobFailed(error);
  await core.transaction(async (tx) => {
    const result = { error: message, code: known ? error.code : 'INTERNAL' };
    await tx.jobs.update(id, { status: 'failed', result, updatedAt: core.clock().getTime() });
    await recordAudit(core, tx, caller, {
      action: 'job.failed',
      baseId: request.baseId,
      target: id,
      details: { kind: request.kind, error: message },
    });
  });
}

async function run(
  core: Core,
  caller: Caller,
  request: JobRequest,
  id: string,
  mark: StoredFile,
): Promise<void> {
  try {
    const result = await request.work(handleOf(core, id, mark.id));
    await saveJob(core, id, { status: 'completed', result });
  } catch (error) {
    await fail(core, caller, request, id, error);
  } finally {
    await core.importFiles.remove(mark);
  }
}

/** A file among the uploads that names this process: another one that starts sees that the job lives. */
const markAlive = (core: Core): Promise<StoredFile> =>
  core.importFiles.save(
    (async function* () {
      yield Buffer.from('a job of this process');
    })(),
    'job',
  );

/** Starts long work and returns its job at once. Throws RATE_LIMITED while too much is running. */
export async function startJob(core: Core, caller: Caller, request: JobRequest): Promise<Job> {
  const running = requireRunning(core);
  if (running.stopping) throw new AppError('UNAVAILABLE', 'The server is stopping; ask another instance');
  if (running.jobs.size >= maxRunning) {
    throw new AppError(
      'RATE_LIMITED',
      `${maxRunning} jobs are running already. Wait until one of them is done.`,
    );
  }
  const now = core.clock().getTime();
  const mark = await markAlive(core);
  const job: Job = {
    id: core.newId('job'),
    baseId: request.baseId,
    kind: request.kind,
    status: 'active',
    userId: callerId(caller) ?? '',
    progress: { ...request.progress, upload: mark.id },
    result: null,
    createdAt: now,
    updatedAt: now,
  };
  try {
    await core.transaction((tx) => tx.jobs.insert(job));
  } catch (error) {
    await core.importFiles.remove(mark);
    throw error;
  }
  const work: Promise<void> = run(core, caller, request, job.id, mark).finally(() =>
    running.jobs.delete(work),
  );
  // A job whose end cannot be written is found and failed by the next start.
  work.catch(() => undefined);
  running.jobs.add(work);
  return job;
}

/** Stops running jobs: each removes what it has not finished and ends as failed. Before the database closes. */
export async function stopJobs(core: Core): Promise<void> {
  const running = requireRunning(core);
  running.stopping = true;
  await Promise.allSettled([...running.jobs]);
}
