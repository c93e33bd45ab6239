import { request } from './client.ts';

/** Long work of the server. */
export interface Job<Result = Readonly<Record<string, unknown>>> {
  readonly id: string;
  readonly status: 'active' | 'completed' | 'failed';
  readonly progress: Readonly<Record<string, unknown>> | null;
  readonly result: Result | null;
}

export const readJob = <Result>(baseId: string, id: string): Promise<Job<Result>> =>
  request('GET', `/api/v2/jobs/${baseId}/${id}`);

type Heard = readonly {
  readonly data: {
    readonly status: Job['status'];
    readonly data: { readonly error?: { readonly message: string }; readonly result?: unknown };
  };
}[];

/** Waits for the end of a job. Throws with the server's words when it failed. */
export async function finishJob(id: string): Promise<unknown> {
  for (;;) {
    const [event] = await request<Heard>('POST', '/jobs/listen', { body: { _mid: 0, data: { id } } });
    if (event === undefined || event.data.status === 'active') continue;
    const { error, result } = event.data.data;
    if (event.data.status === 'failed') throw new Error(error?.message ?? '');
    return result;
  }
}
