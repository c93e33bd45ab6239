import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTokenCipher, parseKeyRing } from './tokenCipher.ts';

const key = (byte: number, size = 32): string => Buffer.alloc(size, byte).toString('base64');
const k1 = `k1:${key(1)}`;
const k2 = `k2:${key(2)}`;

describe('token cipher', () => {
  test('what was encrypted is read back, whatever it holds', () => {
    const cipher = createTokenCipher(k1);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, row) => {
        expect(cipher.decrypt(cipher.encrypt(plain, row), row)).toBe(plain);
      }),
    );
  });

  test('a copy moved to another row does not open', () => {
    const cipher = createTokenCipher(k1);
    const one = cipher.encrypt('token one', 'api-token|1|us1|hash1');
    expect(() => cipher.decrypt(one, 'api-token|2|us1|hash2')).toThrow('does not belong to this row');
  });

  test('any flipped bit is noticed', () => {
    const cipher = createTokenCipher(k1);
    const sealed = cipher.encrypt('a token of forty characters ............', 'row');
    for (const member of ['nonce', 'ciphertext'] as const) {
      const bytes = Buffer.from(sealed[member], 'base64');
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const altered = { ...sealed, [member]: flipped.toString('base64') };
        expect(() => cipher.decrypt(altered, 'row')).toThrow();
      }
    }
  });

  test.each([
    ['empty', ''],
    ['shorter than a tag', Buffer.alloc(15).toString('base64')],
  ])('a ciphertext that is %s is refused', (_name, ciphertext) => {
    const cipher = createTokenCipher(k1);
    expect(() => cipher.decrypt({ ...cipher.encrypt('x', 'row'), ciphertext }, 'row')).toThrow('damaged');
  });

  test('a truncated tag is refused', () => {
    const cipher = createTokenCipher(k1);
    const sealed = cipher.encrypt('x', 'row');
    const ciphertext = Buffer.from(sealed.ciphertext, 'base64').subarray(0, -4).toString('base64');
    expect(() => cipher.decrypt({ ...sealed, ciphertext }, 'row')).toThrow();
  });

  test('nonces are 12 bytes and never repeat; the plain text is not visible', () => {
    const cipher = createTokenCipher(k1);
    const sealed = Array.from({ length: 10_000 }, () => cipher.encrypt('plain', 'row'));
    expect(new Set(sealed.map(({ nonce }) => nonce)).size).toBe(sealed.length);
    expect(Buffer.from(sealed[0]?.nonce ?? '', 'base64')).toHaveLength(12);
    expect(Buffer.from(sealed[0]?.ciphertext ?? '', 'base64').toString('latin1')).not.toContain('plain');
  });

  test('the first key encrypts, all decrypt, an unknown one is named', () => {
    const old = createTokenCipher(k1).encrypt('token', 'row');
    const both = createTokenCipher(`${k2}, ${k1}`);
    expect(both.decrypt(old, 'row')).toBe('token');
    expect(both.encrypt('token', 'row').keyId).toBe('k2');
    expect(() => createTokenCipher(k2).decrypt(old, 'row')).toThrow("'k1'");
  });
});

describe('key ring', () => {
  test.each([
    ['31 bytes', `k1:${key(1, 31)}`, "'k1' must be 32"],
    ['33 bytes', `k1:${key(1, 33)}`, "'k1' must be 32"],
    ['not base64', `k1:${'!'.repeat(44)}`, "'k1' must be 32"],
    ['no name', key(1), 'written'],
    ['empty', '', 'written'],
    ['an empty part', `${k1},`, 'written'],
    ['a name twice', `${k1},k1:${key(2)}`, 'twice'],
  ])('%s is refused without showing a key', (_name, ring, message) => {
    expect(() => parseKeyRing(ring)).toThrow(message);
    expect(() => createTokenCipher(ring)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('AQEB') }),
    );
  });
});
