import { changeBase } from '../bases/change.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import { type RunningJob, startJob } from '../jobs/startJob.ts';
import type { Caller, Table } from '../model.ts';
import type { Job } from '../ports.ts';
import { callerId } from '../records/fill.ts';
import { requireOwnSchema } from '../sources/guards.ts';
import { deleteTable } from '../tables/delete.ts';
import { maxTitle } from '../tables/limits.ts';
import { requireTable } from '../tables/require.ts';
import { parseTitle } from '../tables/titles.ts';
import { copyRows } from './copyRows.ts';
import { type CopiedTable, copyTable } from './copyTable.ts';
import { type DuplicateOptions, duplicateTableJob } from './kinds.ts';
import { titleOfCopy } from './titles.ts';

/** Removes half a copy; one that somebody else removed meanwhile is gone already. */
async function dropAgain(core: Core, caller: Caller, table: Pick<Table, 'id' | 'baseId'>): Promise<void> {
  try {
    await deleteTable(core, caller, table);
  } catch (error) {
    if (!(error instanceof AppError) || !error.code.endsWith('_NOT_FOUND')) throw error;
  }
}

async function makeTable(
  core: Core,
  caller: Caller,
  origin: Table,
  options: DuplicateOptions,
  job: RunningJob,
): Promise<CopiedTable> {
  return changeBase(core, caller, origin.baseId, async (change) => {
    const current = change.base.tableById.get(origin.id) ?? origin;
    const taken = change.base.tables.map((table) => table.title);
    const title =
      options.title === undefined
        ? titleOfCopy(current.title, taken, maxTitle)
        : parseTitle('table title', options.title);
    const wish = { title, excludeViews: options.excludeViews === true, userId: callerId(caller) };
    const copy = await copyTable(core, change, current, wish);
    await job.keep(change.tx, { table: title, rowsDone: 0, unfinishedTableId: copy.id });
    await change.audit('table.duplicate', {
      tableId: copy.id,
      target: copy.id,
      details: { title, from: origin.id },
    });
    return copy;
  });
}

/** Starts to copy a table within its base. Throws RATE_LIMITED. */
export async function duplicateTable(
  core: Core,
  caller: Caller,
  table: Table,
  options: DuplicateOptions,
): Promise<Job> {
  requireOwnSchema(table);
  const work = async (job: RunningJob) => {
    const origin = await requireTable(core, table.id);
    const copy = await makeTable(core, caller, origin, options, job);
    try {
      const tell = async (rowsDone: number): Promise<void> => {
        job.checkStopped();
        await job.tell({ table: copy.title, rowsDone, unfinishedTableId: copy.id });
      };
      const rows = options.excludeData === true ? 0 : await copyRows(core, origin.id, copy, tell);
      return { id: copy.id, title: copy.title, rows };
    } catch (error) {
      await dropAgain(core, caller, { id: copy.id, baseId: origin.baseId });
      throw error;
    }
  };
  return startJob(core, caller, { kind: duplicateTableJob, baseId: table.baseId, work });
}
