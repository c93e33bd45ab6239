import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A wire that can be cut, or made slow, between servers and what they depend on. */
export interface Way {
  readonly port: number;
  /** No connection passes, and those there are break. */
  readonly cut: () => void;
  /** Every piece in either direction waits this many milliseconds; 0: none. */
  readonly delay: (milliseconds: number) => void;
  readonly mend: () => void;
  readonly close: () => Promise<void>;
}

export async function startProxy(target: { host: string; port: number }): Promise<Way> {
  let isCut = false;
  let latency = 0;
  const open = new Set<Socket>();

  function pass(from: Socket, to: Socket): void {
    let last: Promise<unknown> = Promise.resolve(); // pieces keep their order
    from.on('data', (chunk: Buffer) => {
      if (latency === 0) {
        last = last.then(() => to.destroyed || to.write(chunk));
        return;
      }
      const wait = latency;
      const at = performance.now() + wait;
      last = last.then(async () => {
        await sleep(Math.max(0, at - performance.now()));
        if (!to.destroyed) to.write(chunk);
      });
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      open.delete(from);
      void last.then(() => to.destroy());
    });
  }

  const server = createServer((incoming) => {
    if (isCut) {
      incoming.destroy();
      return;
    }
    const outgoing = connect(target);
    open.add(incoming).add(outgoing);
    pass(incoming, outgoing);
    pass(outgoing, incoming);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const breakAll = (): void => {
    for (const socket of open) socket.destroy();
    open.clear();
  };
  return {
    port,
    cut() {
      isCut = true;
      breakAll();
    },
    delay: (milliseconds) => {
      latency = milliseconds;
    },
    mend() {
      isCut = false;
      latency = 0;
    },
    async close() {
      breakAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
