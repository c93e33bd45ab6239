import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderAt } from './placing.ts';

test('a thing that moves stands where it was put, and the others keep their order', () => {
  const lists = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(lists, fc.nat(), fc.nat(), (unsorted, a, b) => {
      const orders = unsorted.toSorted((x, y) => x - y);
      const from = a % orders.length;
      const to = b % orders.length;
      const expected = orders.map((_, index) => index).filter((index) => index !== from);
      expected.splice(to, 0, from);
      const moved = orders.map((order, index) => ({ index, order }));
      moved[from] = { index: from, order: orderAt(orders, from, to) };
      expect(moved.toSorted((x, y) => x.order - y.order).map(({ index }) => index)).toEqual(expected);
    }),
  );
});
