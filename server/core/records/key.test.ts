import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinKeyParts, splitKeyText } from './key.ts';

it.each([
  ['1', ['1']],
  ['1___2', ['1', '2']],
  ['a\\_b___c', ['a_b', 'c']],
  ['a\\_\\_\\_b', ['a___b']],
  ['', ['']],
])('splits %s', (text, parts) => {
  expect(splitKeyText(text)).toEqual(parts);
});

it('reads back what it writes', () => {
  const part = fc.string({ unit: fc.constantFrom('_', 'a', ' ', '1', 'é') });
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
      expect(splitKeyText(joinKeyParts(parts))).toEqual(parts);
    }),
  );
});
