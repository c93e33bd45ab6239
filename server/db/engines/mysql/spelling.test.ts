import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareDecimals, formatScaled } from '../sqlite/decimals.ts';
import { orderKeyOf, readDecimal } from './decimals.ts';
import { readName, storedName } from './names.ts';
import { fold, searchOfItem, searchOfPattern } from './patterns.ts';

const decimal = fc
  .tuple(fc.bigInt(-(10n ** 40n), 10n ** 40n), fc.nat(45))
  .map(([units, scale]) => formatScaled(units, scale));
const byBytes = (a: string, b: string): number => Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b)));

describe('decimals', () => {
  test('the order of the keys is the order of the numbers', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(byBytes(orderKeyOf(a), orderKeyOf(b))).toBe(Math.sign(compareDecimals(a, b)));
      }),
    );
    for (const [less, more] of [
      ['-0.5', '0'],
      ['-12.5', '-12'],
      ['9', '10'],
      ['-10', '-9'],
      ['12', '12.5'],
    ] as const)
      expect(byBytes(orderKeyOf(less), orderKeyOf(more))).toBe(-1);
  });

  test('what statements leave to be done is done', () => {
    expect(readDecimal('1.5+100000000000000000000000000000000000000000.25')).toBe(
      '100000000000000000000000000000000000000001.75',
    );
    expect([readDecimal('7/2'), readDecimal('1+2/4'), readDecimal('1|2')]).toEqual(['3.5', '0.75', '1.5']);
    expect([readDecimal(null), readDecimal('12.5'), readDecimal(1e21)]).toEqual([
      null,
      '12.5',
      '1000000000000000000000',
    ]);
    expect(() => readDecimal('!')).toThrow('too many values');
  });
});

test('every name is stored in characters of the first plane, and read back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const stored = storedName(name);
      expect(stored).not.toMatch(/[\ud800-\udfff]| $/);
      expect(readName(stored)).toBe(name);
    }),
  );
  expect(storedName('order lines')).toBe('order lines');
});

describe('searches', () => {
  const word = fc.string({
    unit: fc.constantFrom('a', 'B', 'é', 'É', 'ß', 'Σ', 'ς', '.', '\\', '%', '_', ','),
  });
  // What these servers' expressions and JavaScript's have in common, but for the anchors and atomic groups.
  const regexOf = (source: string): RegExp =>
    new RegExp(
      source
        .replace('(?s)', '')
        .replaceAll('\\A', '^')
        .replaceAll('\\z', '$')
        .replaceAll('(?>', '(?:')
        .replaceAll('\\,', ',')
        .replaceAll('\\%', '%')
        .replaceAll('\\_', '_'),
      'su',
    );

  test('match what a folded comparison matches', () => {
    fc.assert(
      fc.property(word, word, (pattern, text) => {
        const ascii = /^[\0-\x7f]*$/.test(pattern);
        const plain = (given: string): string =>
          ascii ? given.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : fold(given);
        const wanted = [...plain(pattern)]
          .map((one) => (one === '%' ? '[^]*' : one === '_' ? '[^]' : one.replace(/[.\\]/, '\\$&')))
          .join('');
        const { regex } = searchOfPattern(pattern);
        expect(regexOf(regex).test(text)).toBe(new RegExp(`^${wanted}$`, 'u').test(plain(text)));
      }),
    );
  });

  test('find an item of a list whatever its case', () => {
    const { regex } = searchOfItem('É.a');
    expect(['x,é.A', 'É.a', 'é.a,y'].every((text) => regexOf(regex).test(text))).toBe(true);
    expect(['xé.a', 'é.ab', 'éxa'].some((text) => regexOf(regex).test(text))).toBe(false);
  });
});
