import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageTarget } from './pageKeys.ts';

test('a page leads on by less than what is in sight, and never out of the records', () => {
  const size = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.nat(), size, (total, start, height) => {
      const row = start % total;
      const down = pageTarget(row, 1, height, total);
      const up = pageTarget(row, -1, height, total);
      expect(down).toBe(Math.min(total - 1, row + Math.max(1, height - 4)));
      expect(up).toBe(Math.max(0, row - Math.max(1, height - 4)));
    }),
  );
});
