import { mayInBase } from '../access.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Caller } from '../model.ts';
import type { Job } from '../ports.ts';

/** The wire's word for the job of an import. */
export const importJob = 'data-import';

const jobNotFound = (id: string): AppError =>
  new AppError('GENERIC_NOT_FOUND', `Job '${id.slice(0, 60)}' not found`);

/** Jobs of a base, newest first. */
export const listJobs = (
  core: Core,
  baseId: string,
  filter: { kind?: string; status?: string },
): Promise<Job[]> => core.stores.jobs.list(baseId, filter);

/** A job of the base. Throws GENERIC_NOT_FOUND. */
export async function requireJob(core: Core, baseId: string, id: string): Promise<Job> {
  const job = await core.stores.jobs.find(id);
  if (job === undefined || job.baseId !== baseId) throw jobNotFound(id);
  return job;
}

/** A job of any base that the caller may see. Throws GENERIC_NOT_FOUND. */
export async function requireVisibleJob(core: Core, caller: Caller, id: string): Promise<Job> {
  const job = await core.stores.jobs.find(id);
  const base = job === undefined ? undefined : await core.snapshot.findBase(job.baseId);
  if (job === undefined || base === undefined || !mayInBase(caller.principal, 'jobList', base))
    throw jobNotFound(id);
  return job;
}
