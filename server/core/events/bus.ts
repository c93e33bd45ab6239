import { AppError } from '../errors.ts';
import type { Invalidations } from '../ports.ts';
import { type LiveChange, plainChange } from './change.ts';
import { type BaseEvent, createRing, type Ring } from './ring.ts';

/** One who wants to know what happens in a base. Neither call may throw. */
export interface Listener {
  readonly hear: (event: BaseEvent) => void;
  /** The credential, the user, a role or the base changed: look whether listening is still allowed. */
  readonly doubt: () => void;
  /** The server stops. */
  readonly end: () => void;
}

export interface Listening {
  /** What happened since the id given; undefined: it cannot be told, everything must be read again. */
  readonly missed: readonly BaseEvent[] | undefined;
  readonly position: string;
  readonly stop: () => void;
}

/** Changes of bases, told after their commit. Costs nothing while nobody listens. */
export interface Events {
  publish(baseId: string, change: LiveChange): void;
  /** Throws RATE_LIMITED for one stream too many of a user, UNAVAILABLE while the server stops. */
  listen(baseId: string, userId: string, since: string | undefined, listener: Listener): Listening;
  /** Ends all listening, for good. */
  close(): void;
}

/** Starts to look whether other processes wrote; returns how to stop looking. */
export type WatchOthers = (changed: () => void) => () => void;

const streamsOfUser = 50;
/** Bases whose events are kept although nobody listens at the moment. */
const idleBases = 100;

interface Channel {
  readonly ring: Ring;
  readonly listeners: Set<Listener>;
}

function createStreamCount() {
  const counts = new Map<string, number>();
  return {
    add(userId: string): void {
      const count = counts.get(userId) ?? 0;
      if (count >= streamsOfUser) {
        throw new AppError(
          'RATE_LIMITED',
          `You listen to ${streamsOfUser} streams of changes already. Close one of them first.`,
        );
      }
      counts.set(userId, count + 1);
    },
    remove(userId: string): void {
      const count = (counts.get(userId) ?? 0) - 1;
      if (count > 0) counts.set(userId, count);
      else counts.delete(userId);
    },
  };
}

/** Channels of bases somebody listened to; of those without listeners the most recent ones. */
function createChannels(newName: () => string) {
  const busy = new Map<string, Channel>();
  const idle = new Map<string, Channel>();
  return {
    busy,
    find: (baseId: string) => busy.get(baseId) ?? idle.get(baseId),
    open(baseId: string): Channel {
      const channel = busy.get(baseId) ??
        idle.get(baseId) ?? { ring: createRing(newName()), listeners: new Set<Listener>() };
      idle.delete(baseId);
      busy.set(baseId, channel);
      return channel;
    },
    rest(baseId: string, channel: Channel): void {
      busy.delete(baseId);
      idle.set(baseId, channel);
      const [oldest] = idle.keys();
      if (idle.size > idleBases && oldest !== undefined) idle.delete(oldest);
    },
  };
}

/**
 * @param newName names a ring of events; no two alike, no hyphen
 * @param tellOthers hears the base of every change made here, for other processes
 */
export function createEvents(
  invalidations: Invalidations,
  watchOthers: WatchOthers,
  newName: () => string,
  tellOthers: (baseId: string) => void = () => undefined,
): Events {
  const channels = createChannels(newName);
  const streams = createStreamCount();
  let stopWatching: (() => void) | undefined;
  let closed = false;

  function publishHere(baseId: string, change: LiveChange): void {
    const channel = channels.find(baseId);
    if (channel === undefined) return;
    const event = channel.ring.add(change);
    for (const listener of [...channel.listeners]) listener.hear(event);
  }

  const listenersOf = (baseId: string | undefined): Listener[] =>
    (baseId === undefined ? [...channels.busy.values()] : [channels.busy.get(baseId)]).flatMap((channel) => [
      ...(channel?.listeners ?? []),
    ]);

  invalidations.subscribe((kind, key, change, again) => {
    if (again === true) return;
    if (kind === 'base') publishHere(key, change ?? plainChange('schema'));
    if (kind === 'records') publishHere(key, plainChange('unknown'));
    if (kind === 'settings' || kind === 'records') return;
    // After all caches have forgotten: what is asked before would still find the old.
    for (const { doubt } of listenersOf(kind === 'base' ? key : undefined)) queueMicrotask(doubt);
  });

  function watch(): void {
    stopWatching ??= watchOthers(() => {
      for (const baseId of [...channels.busy.keys()]) publishHere(baseId, plainChange('unknown'));
    });
  }

  return {
    publish(baseId, change) {
      publishHere(baseId, change);
      tellOthers(baseId);
    },
    listen(baseId, userId, since, listener) {
      if (closed) throw new AppError('UNAVAILABLE', 'The server is stopping; ask another instance');
      streams.add(userId);
      const channel = channels.open(baseId);
      channel.listeners.add(listener);
      watch();
      return {
        missed: since === undefined ? [] : channel.ring.after(since),
        position: channel.ring.position(),
        stop() {
          if (!channel.listeners.delete(listener)) return;
          streams.remove(userId);
          if (channel.listeners.size === 0) channels.rest(baseId, channel);
          if (channels.busy.size > 0) return;
          stopWatching?.();
          stopWatching = undefined;
        },
      };
    },
    close() {
      closed = true;
      for (const listener of listenersOf(undefined)) listener.end();
    },
  };
}
