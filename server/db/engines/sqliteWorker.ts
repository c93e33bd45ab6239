import { parentPort, workerData } from 'node:worker_threads';
import { openConnection } from './sqlite/connection.ts';
import type { HeavyAnswer, HeavyQuestion } from './sqlite/heavy.ts';

/**
 * The thread of heavy reads: one read-only connection, one question at a
 * time. A file of its own in the build (`sqliteWorker.js`).
 */
const port = parentPort;
if (port === null) throw new Error('this file runs in a worker thread');
const connection = openConnection((workerData as { path: string }).path, 'read');

function describeError(error: unknown): HeavyAnswer['error'] {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  return { message, code };
}

port.on('message', ({ id, kind, sql }: HeavyQuestion) => {
  try {
    if (kind === 'rows') {
      port.postMessage({ id, value: connection.rows(sql) } satisfies HeavyAnswer);
      return;
    }
    const value = connection.first(sql);
    const whole = Buffer.isBuffer(value) && value.byteLength === value.buffer.byteLength;
    if (whole)
      port.postMessage({ id, value: value.buffer } satisfies HeavyAnswer, [value.buffer as ArrayBuffer]);
    else port.postMessage({ id, value } satisfies HeavyAnswer);
  } catch (error) {
    port.postMessage({ id, value: undefined, error: describeError(error) } satisfies HeavyAnswer);
  }
});
