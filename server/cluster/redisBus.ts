import { createClient } from 'redis';
import { type Bus, type BusMessage, isBusMessage } from './bus.ts';

type RedisClient = ReturnType<typeof createClient>;

/** Longest pause between two tries to reach Redis again, milliseconds. */
const longestPause = 2000;

/** A client that goes on trying; commands fail at once while it is away instead of gathering. */
export function openRedis(url: string, failed: (error: unknown) => void): RedisClient {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: 5000,
      reconnectStrategy: (tries) => Math.min(100 * 2 ** Math.min(tries, 10), longestPause),
    },
  });
  let reported = false;
  client.on('error', (error: unknown) => {
    if (!reported) failed(error); // once for each time it is away
    reported = true;
  });
  client.on('ready', () => {
    reported = false;
  });
  return client as RedisClient;
}

/**
 * Messages through Redis.
 * @param name of the instances that belong together: several may share a Redis
 */
export function createRedisBus(
  url: string,
  name: string,
  failed: (error: unknown) => void,
): Bus & { readonly client: RedisClient } {
  const channel = `rowgate:${name}`;
  const sending = openRedis(url, failed);
  const listening = openRedis(url, failed);
  const open = [sending.connect(), listening.connect()].map((connecting) => connecting.catch(failed));
  return {
    client: sending,
    publish(message) {
      if (sending.isReady) sending.publish(channel, message).catch(failed);
    },
    subscribe(listener: (message: BusMessage) => void, reconnected) {
      listening.on('ready', reconnected);
      // Kept by the client: it subscribes again whenever it is back.
      void open[1]
        ?.then(() =>
          listening.subscribe(channel, (text) => {
            if (isBusMessage(text)) listener(text);
          }),
        )
        .catch(failed);
    },
    async close() {
      for (const client of [sending, listening]) if (client.isOpen) client.destroy();
    },
  };
}
