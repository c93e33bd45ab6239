import { requireInstanceRight } from '../access.ts';
import { changeBase } from '../bases/change.ts';
import { createBase } from '../bases/create.ts';
import { deleteBase } from '../bases/delete.ts';
import { requireBase } from '../bases/require.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import { type RunningJob, startJob } from '../jobs/startJob.ts';
import type { Base, Caller } from '../model.ts';
import type { Job } from '../ports.ts';
import { callerId } from '../records/fill.ts';
import { requireOwnTables } from '../sources/guards.ts';
import { maxBaseTitle } from '../tables/limits.ts';
import { copyRows } from './copyRows.ts';
import { type CopiedTable, copyTable } from './copyTable.ts';
import { type DuplicateOptions, duplicateBaseJob } from './kinds.ts';
import { titleOfCopy } from './titles.ts';

async function dropAgain(core: Core, caller: Caller, base: Base): Promise<void> {
  try {
    await deleteBase(core, caller, base);
  } catch (error) {
    if (!(error instanceof AppError) || !error.code.endsWith('_NOT_FOUND')) throw error;
  }
}

/** References between tables of the base lead to the copies. */
async function keepReferences(
  core: Core,
  caller: Caller,
  origin: Base,
  copyId: string,
  copies: ReadonlyMap<string, CopiedTable>,
): Promise<void> {
  await changeBase(core, caller, copyId, async ({ tx }) => {
    for (const table of origin.tables) {
      for (const { id, references } of table.columns) {
        if (references === null || references.tableId === table.id) continue;
        const columnId = copies.get(table.id)?.columnIds.get(id);
        const target = copies.get(references.tableId);
        const targetColumn = target?.columnIds.get(references.columnId);
        if (columnId === undefined || target === undefined || targetColumn === undefined) continue;
        await tx.bases.updateColumn(columnId, {
          references: { tableId: target.id, columnId: targetColumn },
        });
      }
    }
  });
}

async function fillBase(
  core: Core,
  caller: Caller,
  {
    origin,
    copyId,
    options,
    job,
  }: { origin: Base; copyId: string; options: DuplicateOptions; job: RunningJob },
): Promise<{ tables: number; rows: number }> {
  const copies = new Map<string, CopiedTable>();
  let rows = 0;
  for (const table of origin.tables) {
    const progress = {
      unfinishedBaseId: copyId,
      table: table.title,
      tablesDone: copies.size,
      tablesTotal: origin.tables.length,
    };
    const tell = async (rowsDone: number): Promise<void> => {
      job.checkStopped();
      await job.tell({ ...progress, rowsDone });
    };
    await tell(0);
    const wish = {
      title: table.title,
      excludeViews: options.excludeViews === true,
      userId: callerId(caller),
    };
    const copy = await changeBase(core, caller, copyId, (change) => copyTable(core, change, table, wish));
    copies.set(table.id, copy);
    if (options.excludeData !== true) rows += await copyRows(core, table.id, copy, tell);
  }
  await keepReferences(core, caller, origin, copyId, copies);
  return { tables: copies.size, rows };
}

/**
 * Makes a base of the caller's own and starts to copy the tables of another
 * into it; members do not come along. Throws FORBIDDEN for who may not create
 * bases, RATE_LIMITED.
 */
export async function duplicateBase(
  core: Core,
  caller: Caller,
  base: Base,
  options: DuplicateOptions,
): Promise<{ job: Job; base: Base }> {
  requireInstanceRight(caller.principal, 'baseCreate');
  requireOwnTables(base, 'Duplicating the base');
  const title = options.title ?? titleOfCopy(base.title, [], maxBaseTitle);
  const { description, color, meta } = base;
  const copy = await createBase(core, caller, { title, description, color, meta });
  const work = async (job: RunningJob) => {
    try {
      const origin = await requireBase(core, base.id);
      const report = await fillBase(core, caller, { origin, copyId: copy.id, options, job });
      return { id: copy.id, title, ...report };
    } catch (error) {
      await dropAgain(core, caller, copy);
      throw error;
    }
  };
  const progress = { unfinishedBaseId: copy.id };
  try {
    const job = await startJob(core, caller, { kind: duplicateBaseJob, baseId: base.id, progress, work });
    return { job, base: copy };
  } catch (error) {
    await dropAgain(core, caller, copy);
    throw error;
  }
}
