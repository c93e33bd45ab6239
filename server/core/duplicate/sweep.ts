import { deleteBase } from '../bases/delete.ts';
import type { Core } from '../context.ts';
import { saveJob } from '../jobs/startJob.ts';
import type { Caller } from '../model.ts';
import type { Job } from '../ports.ts';
import { sourceJobs } from '../sources/jobs.ts';
import { deleteTable } from '../tables/delete.ts';
import { duplicateBaseJob, duplicateColumnJob, duplicateTableJob } from './kinds.ts';

const kinds = new Set([duplicateBaseJob, duplicateTableJob, duplicateColumnJob]);
const caller: Caller = { principal: { kind: 'anonymous' }, requestId: 'start', address: null, agent: null };

async function removeUnfinished(core: Core, { progress }: Job): Promise<void> {
  const { unfinishedTableId, unfinishedBaseId } = progress ?? {};
  if (typeof unfinishedTableId === 'string') {
    const found = await core.snapshot.findTable(unfinishedTableId);
    if (found !== undefined) await deleteTable(core, caller, found.table);
  }
  if (typeof unfinishedBaseId === 'string') {
    const base = await core.snapshot.findBase(unfinishedBaseId);
    if (base !== undefined) await deleteBase(core, caller, base);
  }
}

/**
 * After a crash: duplications and work on sources that were under way are
 * marked as failed, and unfinished tables and bases removed. At start, and when another instance is found dead.
 */
export async function sweepDuplicates(core: Core): Promise<void> {
  for (const base of await core.stores.bases.list()) {
    for (const job of await core.stores.jobs.list(base.id, { status: 'active' })) {
      if (
        (!kinds.has(job.kind) && !sourceJobs.has(job.kind)) ||
        (await core.importFiles.isInUse(String(job.progress?.upload)))
      )
        continue;
      await removeUnfinished(core, job);
      const error = sourceJobs.has(job.kind)
        ? 'The server ended while the database was being read. Nothing was changed; start again.'
        : 'The server ended while the copy was being made. It was removed; start again.';
      await saveJob(core, job.id, { status: 'failed', result: { error, code: 'UNAVAILABLE' } });
    }
  }
}
