import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinAddresses } from './joinAddresses.ts';

test.each([
  ['', ''],
  [' , ;\n', ''],
  ['a@b.de', 'a@b.de'],
  ['a@b.de; c@d.fr\n\ne@f.uk ,a@b.de', 'a@b.de,c@d.fr,e@f.uk'],
])('%j', (text, expected) => expect(joinAddresses(text)).toBe(expected));

test('nothing but separators and repetitions is lost', () => {
  const address = fc.stringMatching(/^[a-z]{1,9}@[a-z]{1,9}$/);
  const separator = fc.constantFrom(' ', ',', ';\n', '\t, ');
  fc.assert(
    fc.property(fc.array(address, { minLength: 1 }), separator, (addresses, between) => {
      expect(joinAddresses(addresses.join(between)).split(',')).toEqual([...new Set(addresses)]);
    }),
  );
});
