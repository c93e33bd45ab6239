import { Readable } from 'node:stream';
import type { Listener, Listening } from '../../core/events/bus.ts';
import type { LiveChange } from '../../core/events/change.ts';
import type { BaseEvent } from '../../core/events/ring.ts';
import { type Call, Content } from '../route.ts';
import { readOne } from './listQuery.ts';

/** Milliseconds between two signs of life; each also looks whether the credential has expired. */
const heartbeat = 20_000;
/** Bytes that may wait for a slow reader; more, and it is dropped to come back and catch up. */
const mostWaiting = 256 * 1024;

const block = (id: string, data: Readonly<Record<string, unknown>>): string =>
  `id: ${id}\ndata: ${JSON.stringify(data)}\n\n`;

/** In the words of the wire. */
const encodeChange = ({ kind, tableId, keys, userId, origin }: LiveChange): Record<string, unknown> => ({
  kind,
  table_id: tableId,
  keys,
  user_id: userId,
  origin,
});

const encodeEvent = ({ id, change }: BaseEvent): string => block(id, encodeChange(change));

/** What a listener that begins or comes back gets first. */
function greeting({ missed, position }: Listening): string {
  if (missed === undefined) return block(position, { kind: 'reset' });
  return missed.map(encodeEvent).join('') + block(position, { kind: 'ready' });
}

/** Runs one check at a time; a doubt that comes meanwhile makes one more. */
function createRecheck(call: Call, refused: () => void): () => void {
  let running = false;
  let again = false;
  async function run(): Promise<void> {
    running = true;
    do {
      again = false;
      await call.recheck();
    } while (again);
    running = false;
  }
  return () => {
    if (running) again = true;
    else run().catch(refused); // whoever may not listen learns the reason when coming back
  };
}

/** The position a client has reached: the header of the standard, or a parameter. */
function readSince(call: Call): string | undefined {
  const header = call.headers['last-event-id'];
  const given = readOne(call.query, 'since') || (typeof header === 'string' ? header : undefined);
  return given === undefined || given === '' ? undefined : given.slice(0, 100);
}

/**
 * Changes of the base as server-sent events, until a side ends it: the client,
 * the server that stops, or whatever takes the right away. Throws RATE_LIMITED.
 */
export function answerEvents(call: Call): Content {
  const { core, caller, target } = call;
  const { principal } = caller;
  const userId = principal.kind === 'anonymous' ? '' : principal.user.id;
  const stream = new Readable({ read: () => undefined, highWaterMark: 16 * 1024 });
  const end = (): void => {
    if (!stream.readableEnded && !stream.destroyed) stream.push(null);
    stop();
  };
  const send = (text: string): void => {
    if (stream.destroyed) return;
    stream.push(text);
    if (stream.readableLength > mostWaiting) stream.destroy();
  };
  const doubt = createRecheck(call, end);
  const listener: Listener = { hear: (event) => send(encodeEvent(event)), doubt, end };
  const listening = core.events.listen(target.base.id, userId, readSince(call), listener);
  const timer = setInterval(() => {
    send(':\n\n');
    doubt();
  }, heartbeat);
  timer.unref();
  let stopped = false;
  function stop(): void {
    if (stopped) return;
    stopped = true;
    clearInterval(timer);
    listening.stop();
  }
  stream.once('close', stop);
  send(greeting(listening));
  call.setHeader('x-accel-buffering', 'no'); // proxies pass it on at once
  return new Content('text/event-stream; charset=utf-8', stream);
}
