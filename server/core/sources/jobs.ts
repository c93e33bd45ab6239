/** The words of long work on sources. */
export const createSourceJob = 'source-create';
export const metaDiffJob = 'meta-diff';
export const metaSyncJob = 'meta-sync';

/** A crash leaves nothing of them behind but the job itself. */
export const sourceJobs: ReadonlySet<string> = new Set([createSourceJob, metaDiffJob, metaSyncJob]);
