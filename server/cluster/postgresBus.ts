import pg from 'pg';
import { type Bus, type BusMessage, isBusMessage } from './bus.ts';

/** Pauses between tries to listen again, milliseconds. */
const pauses = { first: 100, longest: 2000 };
/** Instances on one database share the channel: notifications stay within a database. */
const channel = 'rowgate';

/**
 * Messages through LISTEN and NOTIFY, on one connection of its own. It must
 * reach the server directly or through a pool that keeps sessions.
 */
export function createPostgresBus(connection: pg.ClientConfig, failed: (error: unknown) => void): Bus {
  let listener: (message: BusMessage) => void = () => undefined;
  let reconnected: () => void = () => undefined;
  let client: pg.Client | undefined;
  let closed = false;
  let pause = pauses.first;
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<unknown> = Promise.resolve();
  const waiting = new Set<BusMessage>();

  function retry(): void {
    if (closed) return;
    timer = setTimeout(() => void connect(), pause);
    timer.unref();
    pause = Math.min(pause * 2, pauses.longest);
  }

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ ...connection, application_name: 'rowgate bus', keepAlive: true });
    let ended = false;
    const end = (error: unknown): void => {
      if (ended) return;
      ended = true;
      if (client === fresh) client = undefined;
      if (!closed && pause === pauses.first) failed(error); // once for each time it is away
      fresh.end().catch(() => undefined);
      retry();
    };
    fresh.on('error', end);
    fresh.on('end', () => end(new Error('the connection for notifications ended')));
    fresh.on('notification', ({ payload }) => {
      if (payload !== undefined && isBusMessage(payload)) listener(payload);
    });
    try {
      await fresh.connect();
      await fresh.query(`listen ${channel}`);
      if (closed) return void fresh.end().catch(() => undefined);
      client = fresh;
      pause = pauses.first;
      reconnected(); // what came meanwhile was missed
    } catch (error) {
      end(error);
    }
  }

  void connect();
  return {
    publish(message) {
      if (client === undefined || waiting.has(message)) return; // one that is not sent yet says the same
      waiting.add(message);
      sending = sending
        .then(() => {
          waiting.delete(message);
          return client?.query('select pg_notify($1, $2)', [channel, message]);
        })
        .catch(() => undefined); // an error of the connection is heard there
    },
    subscribe(hear, whenReconnected) {
      listener = hear;
      reconnected = whenReconnected;
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
