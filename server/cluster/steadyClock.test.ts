import { expect, test } from 'vitest';
import { createSteadyClock } from './steadyClock.ts';

test('counts the longer of two steps, and never back', () => {
  let monotonic = 100;
  let wall = 5000;
  const clock = createSteadyClock(
    () => monotonic,
    () => wall,
  );
  const step = (ofMonotonic: number, ofWall: number): number => {
    const before = clock();
    monotonic += ofMonotonic;
    wall += ofWall;
    return clock() - before;
  };
  expect(step(10, 10)).toBe(10);
  expect(step(1, 60_000)).toBe(60_000); // the machine slept, or the wall clock was set forward
  expect(step(10, -3_600_000)).toBe(10); // the wall clock was set back
  expect(step(0, 0)).toBe(0);
});
