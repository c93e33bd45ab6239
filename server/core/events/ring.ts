import type { LiveChange } from './change.ts';

/** An event with its place in the order of its base. */
export interface BaseEvent {
  readonly id: string;
  readonly change: LiveChange;
}

/** Events kept for listeners that come back. */
const kept = 1000;

/** The last events of one base. */
export interface Ring {
  add(change: LiveChange): BaseEvent;
  /** Id of the last event, or of the beginning. */
  position(): string;
  /** Events after an id; undefined when some of them are gone, or the id was never one of ours. */
  after(id: string): readonly BaseEvent[] | undefined;
}

/** @param name of this ring, without hyphen: ids of an earlier one must not fit */
export function createRing(name: string): Ring {
  let events: BaseEvent[] = [];
  let count = 0;
  const idOf = (n: number): string => `${name}-${n}`;
  return {
    add(change) {
      count += 1;
      const event = { id: idOf(count), change };
      events.push(event);
      if (events.length >= 2 * kept) events = events.slice(-kept); // rarely, instead of a shift each time
      return event;
    },
    position: () => idOf(count),
    after(id) {
      const [ring, place = ''] = id.split('-');
      const n = /^\d{1,15}$/.test(place) ? Number(place) : -1;
      const missed = count - n;
      if (ring !== name || n < 0 || missed < 0 || missed > Math.min(kept, events.length)) return undefined;
      return missed === 0 ? [] : events.slice(-missed);
    },
  };
}
