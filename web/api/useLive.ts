import { useEffect, useRef } from 'react';
import { followBase, type LiveChange, type LivePlace } from './liveStream.ts';

export type { LiveChange } from './liveStream.ts';

/**
 * A hidden tab gives its connection back after this long: browsers allow few to
 * one host, over all tabs. It catches up when it is looked at again.
 */
const hiddenFor = 30_000;

/**
 * Hears what others (and other tabs) change in a base; never the echo of this
 * tab's own writes. `onChange` may be a new function at every render.
 */
export function useLive(baseId: string, onChange: (change: LiveChange) => void): void {
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    const place: LivePlace = { since: undefined };
    let following: AbortController | undefined;
    let hiding: ReturnType<typeof setTimeout> | undefined;

    function follow(): void {
      if (following !== undefined) return;
      following = new AbortController();
      const tell = (change: LiveChange): void => latest.current(change);
      void followBase(baseId, place, tell, following.signal);
    }
    function rest(): void {
      following?.abort();
      following = undefined;
    }
    function look(): void {
      clearTimeout(hiding);
      if (document.visibilityState === 'visible') follow();
      else hiding = setTimeout(rest, hiddenFor);
    }
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      clearTimeout(hiding);
      rest();
    };
  }, [baseId]);
}
