import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Real server processes, so that signals, pauses and deaths are real. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: () => number;
  /** As the machine does to a process it has no time for. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Dies at once, as by a power cut. */
  readonly kill: () => Promise<void>;
  /** Asks to stop; the exit code. */
  readonly stop: () => Promise<number | null>;
  /** Another process on the same port, after a death. */
  readonly startAgain: () => Promise<void>;
  readonly isAlive: () => boolean;
  /** What it wrote. */
  readonly output: () => string;
}

const root = join(import.meta.dirname, '..', '..');

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until the server answers that it is ready; throws when it ended before. */
async function untilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the server ended: ${output()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Starts a server; `env` says on which database. */
export async function startServer(env: Record<string, string>): Promise<ServerProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const folder = await mkdtemp(join(tmpdir(), 'rowgate-cluster-'));
  let text = '';
  let child: ChildProcess;
  let exit: Promise<number | null>;

  async function start(): Promise<void> {
    const started = spawn(process.execPath, [join(root, 'server', 'main.ts'), 'start'], {
      env: {
        PATH: process.env.PATH,
        TZ: process.env.TZ ?? 'UTC',
        ROWGATE_DATA: folder,
        PORT: String(port),
        ROWGATE_HOST: '127.0.0.1',
        ROWGATE_TOKENS_PER_USER: '0',
        ROWGATE_LOG_LEVEL: 'error',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    exit = new Promise((resolve) => started.on('exit', resolve));
    for (const stream of [started.stdout, started.stderr]) {
      stream?.on('data', (chunk) => {
        text = (text + chunk).slice(-100_000);
      });
    }
    await untilReady(url, started, () => text);
  }
  await start();
  const end = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true });
  };
  return {
    url,
    pid: () => child.pid ?? 0,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
    async stop() {
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      const code = await exit;
      await end();
      return code;
    },
    startAgain: start,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    output: () => text,
  };
}
