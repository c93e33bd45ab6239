/**
 * How instances hurry each other along. A message may be lost or come twice:
 * the database is the truth, and who misses a message learns it at its next
 * beat (see lease.ts). Messages carry no secret.
 */
export interface Bus {
  /** Sends without waiting; lost while the connection is away. Never throws. */
  publish(message: BusMessage): void;
  /** `reconnected` is called when messages may have been missed. */
  subscribe(listener: (message: BusMessage) => void, reconnected: () => void): void;
  close(): Promise<void>;
}

/** look: the log has a new entry. heard: somebody has kept what it heard. */
export type BusMessage = 'look' | 'heard';

export const isBusMessage = (text: string): text is BusMessage => text === 'look' || text === 'heard';

/** For a database nobody can listen to, without Redis. */
export const noBus: Bus = {
  publish: () => undefined,
  subscribe: () => undefined,
  close: async () => undefined,
};
