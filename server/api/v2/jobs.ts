import { setTimeout as wait } from 'node:timers/promises';
import { type Static, Type } from 'typebox';
import { workspaceId } from '../../../vocabulary/ids.ts';
import { listJobs, requireJob, requireVisibleJob } from '../../core/imports/jobs.ts';
import type { Job } from '../../core/ports.ts';
import { formatInstant } from '../parts/instants.ts';
import { type AnyRoute, type Call, inBase, route, signedIn } from '../route.ts';

const tag = 'Jobs';

const unknownObject = Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]);
const jobSchema = Type.Object({
  id: Type.String(),
  job: Type.String(),
  status: Type.Union([Type.Literal('active'), Type.Literal('completed'), Type.Literal('failed')]),
  progress: unknownObject,
  result: unknownObject,
  fk_user_id: Type.Union([Type.String(), Type.Null()]),
  fk_workspace_id: Type.String(),
  base_id: Type.String(),
  created_at: Type.String(),
  updated_at: Type.String(),
});

/** Progress without what only the server needs. */
function encodeProgress(job: Job): Record<string, unknown> | null {
  if (job.progress === null || job.status !== 'active') return null;
  const { upload: _upload, unfinishedTableId: _table, unfinishedBaseId: _base, ...progress } = job.progress;
  return Object.keys(progress).length === 0 ? null : progress;
}

const encodeJob = (job: Job): Static<typeof jobSchema> => ({
  id: job.id,
  job: job.kind,
  status: job.status,
  progress: encodeProgress(job),
  result: job.result === null ? null : { ...job.result },
  fk_user_id: job.userId === '' ? null : job.userId,
  fk_workspace_id: workspaceId,
  base_id: job.baseId,
  created_at: formatInstant(job.createdAt),
  updated_at: formatInstant(job.updatedAt),
});

const listBody = Type.Object({
  job: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  status: Type.Optional(Type.Union([Type.String(), Type.Null()])),
});

const list = route<Static<typeof listBody>>({
  id: 'jobList',
  method: 'POST',
  paths: ['/api/v2/jobs/:baseId'],
  summary: 'Long work of the base, newest first',
  tag,
  access: inBase('jobList'),
  target: 'base',
  body: listBody,
  status: 201,
  reply: Type.Array(jobSchema),
  run: async ({ core, target, body }) => {
    const { job, status } = body ?? {};
    const filter = { ...(job ? { kind: job } : {}), ...(status ? { status } : {}) };
    return (await listJobs(core, target.base.id, filter)).map(encodeJob);
  },
});

const read = route({
  id: 'jobRead',
  method: 'GET',
  paths: ['/api/v2/jobs/:baseId/:jobId'],
  summary: 'One job with its progress and, at its end, its result',
  tag,
  access: inBase('jobList'),
  target: 'base',
  reply: jobSchema,
  run: async ({ core, target, params }) =>
    encodeJob(await requireJob(core, target.base.id, params.jobId ?? '')),
});

const listenBody = Type.Object({
  _mid: Type.Optional(Type.Number()),
  data: Type.Object({ id: Type.String() }),
});

/** A listener hears of the end within this time, and is answered at the latest after all its turns. */
const turn = 200; // milliseconds
const turns = 125; // 25 s: below the time-outs of common proxies

async function listenFor(call: Call<Static<typeof listenBody>>): Promise<unknown[]> {
  const { core, caller, body } = call;
  let job = await requireVisibleJob(core, caller, body.data.id);
  for (let left = turns; job.status === 'active' && left > 0; left -= 1) {
    await wait(turn);
    job = await requireVisibleJob(core, caller, body.data.id);
  }
  const { result } = job;
  const data =
    job.status === 'failed' ? { error: { message: result?.error ?? '' } } : result === null ? {} : { result };
  return [{ status: 'update', data: { id: job.id, status: job.status, data }, _mid: (body._mid ?? 0) + 1 }];
}

const listen = route<Static<typeof listenBody>>({
  id: 'jobListen',
  method: 'POST',
  paths: ['/jobs/listen'],
  summary: 'Wait for a job: answers when it ends, or after 25 seconds with its state',
  tag,
  access: signedIn('me'),
  target: 'none',
  body: listenBody,
  reply: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  run: listenFor,
});

export const jobRoutes: readonly AnyRoute[] = [list, read, listen];
