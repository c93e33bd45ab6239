import { Worker } from 'node:worker_threads';
import { AppError } from '../../../core/errors.ts';
import type { Sql } from '../../engine.ts';

export interface HeavyQuestion {
  readonly id: number;
  readonly kind: 'rows' | 'bytes';
  readonly sql: Sql;
}

export interface HeavyAnswer {
  readonly id: number;
  readonly value: unknown;
  readonly error?: { readonly message: string; readonly code: string | undefined } | undefined;
}

/** Reads on a thread of their own, so that none delays those on the main one. */
export interface HeavyReader {
  rows(sql: Sql): Promise<unknown[][]>;
  bytes(sql: Sql): Promise<Buffer | undefined>;
  /** How many questions it was asked. */
  asked(): number;
  close(): Promise<void>;
}

/** The file the build must make of engines/sqliteWorker.ts, beside the bundle that holds this module. */
export const workerFile = 'sqliteWorker.js';

const workerEntry = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? '../sqliteWorker.ts' : `./${workerFile}`, import.meta.url);

/** Megabytes of JavaScript heap: beyond it the thread ends, not the process. */
const heapLimit = 128;

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

const lost = (cause: unknown): AppError =>
  new AppError('UNAVAILABLE', 'The database could not finish reading. Try again.', undefined, cause);

/**
 * The thread starts with the first question and again after a crash, which
 * rejects what was under way with UNAVAILABLE. It keeps the process alive only
 * while a question is open.
 */
export function createHeavyReader(path: string, entry: URL = workerEntry()): HeavyReader {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let asked = 0;
  let closed = false;

  function fail(cause: unknown): void {
    const open = [...waiting.values()];
    waiting.clear();
    for (const { reject } of open) reject(lost(cause));
  }

  function settle({ id, value, error }: HeavyAnswer): void {
    const question = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker?.unref();
    if (error === undefined) question?.resolve(value);
    else question?.reject(Object.assign(new Error(error.message), { code: error.code }));
  }

  function start(): Worker {
    // None of the parent's flags: they may load things that only make sense there.
    const started = new Worker(entry, {
      workerData: { path },
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: heapLimit },
    });
    const end = (cause: unknown): void => {
      if (worker !== started) return;
      worker = undefined;
      fail(cause);
    };
    started.on('message', settle);
    started.on('error', end);
    started.on('exit', (code) => end(new Error(`the reading thread ended with code ${code}`)));
    started.unref();
    return started;
  }

  function ask(kind: HeavyQuestion['kind'], sql: Sql): Promise<unknown> {
    if (closed) return Promise.reject(lost(new Error('the database is closed')));
    worker ??= start();
    const current = worker;
    asked += 1;
    const id = asked;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      current.ref();
      current.postMessage({ id, kind, sql } satisfies HeavyQuestion);
    });
  }

  return {
    rows: (sql) => ask('rows', sql) as Promise<unknown[][]>,
    bytes: async (sql) => {
      const value = await ask('bytes', sql);
      if (value instanceof ArrayBuffer) return Buffer.from(value);
      return value instanceof Uint8Array
        ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
        : undefined;
    },
    asked: () => asked,
    close: async () => {
      closed = true;
      const running = worker;
      worker = undefined;
      fail(new Error('the database is closed'));
      await running?.terminate();
    },
  };
}
