/**
 * A clock that never runs slower than time does, in milliseconds. The
 * monotonic clock stands still while the machine sleeps, the wall clock may be
 * set back: each step is the larger of the two, so that a lease measured with
 * it ends too early rather than too late.
 */
export function createSteadyClock(
  monotonic: () => number = () => performance.now(),
  wall: () => number = Date.now,
): () => number {
  let reading = 0;
  let [lastMonotonic, lastWall] = [monotonic(), wall()];
  return () => {
    const [nowMonotonic, nowWall] = [monotonic(), wall()];
    reading += Math.max(0, nowMonotonic - lastMonotonic, nowWall - lastWall);
    [lastMonotonic, lastWall] = [nowMonotonic, nowWall];
    return reading;
  };
}
