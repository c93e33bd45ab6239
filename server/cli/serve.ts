import type { Config } from '../config.ts';
import { type OpenServer, openServer } from '../start.ts';
import type { Command } from './command.ts';
import { type Context, printLine, printResult } from './io.ts';
import { configOf } from './openData.ts';
import { isGreeter, isWorker, leavePrimary, onStopOfPrimary, superviseWorkers } from './workers.ts';

/** Longest time a stop waits for requests in flight, milliseconds. */
const patience = 30_000;

/** A terminal and whoever started the server may both pass on one Ctrl+C: within this many milliseconds it is one. */
const sameSignal = 1000;

/** Resolves at the first signal to stop. A later one ends the process at once. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let asked: number | undefined;
    const stop = (): void => {
      if (asked !== undefined && performance.now() - asked > sameSignal) process.exit(1);
      asked ??= performance.now();
      resolve();
    };
    // A worker is stopped by its primary, which gets the signals of the terminal too.
    if (isWorker()) {
      process.on('SIGINT', () => undefined);
      onStopOfPrimary(resolve);
    } else process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}

/** Where a person on this machine reaches the server. */
export function localAddress(address: string): string {
  const url = new URL(address);
  if (['0.0.0.0', '[::]', '127.0.0.1', '[::1]'].includes(url.hostname)) url.hostname = 'localhost';
  return url.origin;
}

/** Runs an open server until it is told to stop; `announce` gets its address. */
export async function serveUntilStopped(
  server: OpenServer,
  announce: (address: string) => void,
): Promise<number> {
  const stopped = untilStopped();
  try {
    announce(localAddress(await server.listen()));
  } catch (error) {
    await server.close(); // open connections would keep the process
    throw error;
  }
  await stopped;
  const timer = setTimeout(() => process.exit(1), patience);
  timer.unref();
  await server.close();
  clearTimeout(timer);
  leavePrimary();
  return 0;
}

async function nextSteps(server: OpenServer, config: Config, address: string): Promise<string[]> {
  const lines = [
    `Rowgate is running at ${config.core.publicUrl ?? address}`,
    `Data: ${config.dataFolder}`,
    '',
  ];
  if ((await server.core.stores.users.count()) > 0) return [...lines, 'Stop it with Ctrl+C.'];
  return [
    ...lines,
    'Next, make the first account (it becomes the super admin):',
    `  curl -X POST ${address}/api/v2/auth/user/signup -H 'content-type: application/json' \\`,
    `    -d '{"email":"you@example.org","password":"<at least ${config.core.passwordMinLength} characters>"}'`,
    'To look around with sample data instead: rowgate demo',
  ];
}

async function start(context: Context, config: Config): Promise<number> {
  if (config.workers > 1 && !isWorker()) {
    return superviseWorkers(config, untilStopped, (line) => printLine(context.io.stderr, line));
  }
  const server = await openServer(config);
  return serveUntilStopped(server, (address) => {
    if (!isGreeter(context.env)) return;
    void nextSteps(server, config, address).then(
      (lines) => printResult(context, { address, data: config.dataFolder }, lines),
      () => printLine(context.io.stdout, address),
    );
  });
}

export const startCommand: Command = {
  name: 'start',
  args: [],
  summary: 'Start the server (the default).',
  options: {
    port: { type: 'string', value: '<number>', help: 'Port to listen on (setting PORT; default 8080).' },
  },
  examples: ['rowgate start --data ./data --port 8080'],
  run: (context, _args, options) => {
    const port = options.text('port');
    return start(context, configOf(context.env, options, port === undefined ? {} : { PORT: port }));
  },
};
