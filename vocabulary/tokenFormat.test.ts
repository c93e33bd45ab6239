import { crc32 as referenceCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { base62, crc32, exampleToken, isIntactToken, tokenChecksum } from './tokenFormat.ts';

const body = fc
  .array(fc.constantFrom(...base62), { minLength: 30, maxLength: 30 })
  .map((characters) => `rgp_${characters.join('')}`);

describe('token format', () => {
  test('the checksum is the CRC-32 everybody else computes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => crc32(text) === referenceCrc32(text)),
    );
  });

  test('forty characters of the Nano ID alphabet, and intact', () => {
    fc.assert(
      fc.property(body, (text) => {
        const token = text + tokenChecksum(text);
        expect(token).toMatch(/^[A-Za-z0-9_-]{40}$/);
        expect(isIntactToken(token)).toBe(true);
      }),
    );
  });

  test('one changed character is noticed', () => {
    fc.assert(
      fc.property(body, fc.nat(35), fc.constantFrom(...base62), (text, offset, character) => {
        const token = text + tokenChecksum(text);
        const position = 4 + offset;
        fc.pre(token[position] !== character);
        expect(isIntactToken(token.slice(0, position) + character + token.slice(position + 1))).toBe(false);
      }),
    );
  });

  test('the example of the documents is intact', () => {
    expect(isIntactToken(exampleToken)).toBe(true);
  });

  test.each(['', 'rgp_', 'x'.repeat(40), 'RGP_'.padEnd(40, '0')])('%j is not a token', (text) => {
    expect(isIntactToken(text)).toBe(false);
  });
});
