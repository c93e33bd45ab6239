import cluster, { type Worker } from 'node:cluster';
import type { Config } from '../config.ts';
import { countForWorkers } from '../limits/limits.ts';

/**
 * Several processes that share one port. The primary process serves nothing:
 * it starts workers, starts another one when one dies, and tells them to stop.
 */

/** Says to a worker that it is the one that greets. */
const greeterMark = 'ROWGATE_INTERNAL_GREETER';
/** A worker that dies sooner than this after its start, milliseconds, is started again more slowly. */
const soon = 5000;
const longestPause = 10_000;
/** Longest time a stop waits for a worker; it waits for requests in flight itself. */
const patience = 35_000;

const stopMessage = 'rowgate:stop';

export const isWorker = (): boolean => cluster.isWorker;

/** Whether this process tells people that the server runs: the only one, or the first worker. */
export const isGreeter = (env: Readonly<Record<string, string | undefined>>): boolean =>
  !cluster.isWorker || env[greeterMark] === 'yes';

/** Calls back when the primary says stop, or is gone. */
export function onStopOfPrimary(stop: () => void): void {
  process.on('message', (message) => {
    if (message === stopMessage) stop();
  });
  process.on('disconnect', stop);
}

/** Lets a worker end: its line to the primary would keep it. */
export function leavePrimary(): void {
  if (cluster.isWorker && process.connected) process.disconnect();
}

const serving = new WeakSet<Worker>();

/** Resolves with the exit code when the worker serves (undefined) or has ended before. */
function untilServing(worker: Worker): Promise<number | undefined> {
  return new Promise((resolve) => {
    worker.once('listening', () => resolve(undefined));
    worker.once('exit', (code) => resolve(code ?? 1));
  });
}

function stopWorker(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    if (worker.isDead()) return resolve();
    const timer = setTimeout(() => worker.process.kill('SIGKILL'), patience);
    worker.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    // One that does not serve yet does not hear messages either.
    if (serving.has(worker)) worker.send(stopMessage, () => undefined);
    else worker.process.kill();
  });
}

/**
 * Runs the workers until it is told to stop; the exit code.
 * @param untilStopped resolves at the first signal to stop
 */
export async function superviseWorkers(
  config: Pick<Config, 'workers'>,
  untilStopped: () => Promise<void>,
  say: (line: string) => void,
): Promise<number> {
  countForWorkers();
  cluster.on('listening', (worker) => void serving.add(worker));
  let stopping = false;
  const stopped = untilStopped().then(() => {
    stopping = true;
  });

  // The first one alone: it brings the database up to date and makes the secrets.
  const first = cluster.fork({ [greeterMark]: 'yes' });
  const code = await Promise.race([untilServing(first), stopped]);
  if (typeof code === 'number' && !stopping) return code;

  let pause = 100;
  const start = (): void => {
    const startedAt = performance.now();
    watch(cluster.fork({ [greeterMark]: 'no' }), startedAt);
  };
  function watch(worker: Worker, startedAt: number): void {
    worker.once('exit', (exitCode, signal) => {
      if (stopping) return;
      pause = performance.now() - startedAt < soon ? Math.min(pause * 2, longestPause) : 100;
      say(`A worker ended (${signal ?? exitCode}); another one starts.`);
      setTimeout(() => {
        if (!stopping) start();
      }, pause);
    });
  }
  if (!stopping) {
    watch(first, performance.now());
    for (let index = 1; index < config.workers; index += 1) start();
  }
  await stopped;
  await Promise.all(
    Object.values(cluster.workers ?? {}).flatMap((worker) => (worker ? [stopWorker(worker)] : [])),
  );
  return 0;
}
