import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { base62, isIntactToken } from '../../../vocabulary/tokenFormat.ts';
import { hintOf, newTokenSecret } from './secret.ts';

describe('token secrets', () => {
  test('intact, distinct, and every position uses every character about equally', () => {
    const amount = 6200;
    const seen = new Set<string>();
    const counts = Array.from({ length: 30 }, () => new Map<string, number>());
    for (let i = 0; i < amount; i += 1) {
      const secret = newTokenSecret(randomBytes);
      if (!isIntactToken(secret)) expect.fail(secret);
      seen.add(secret);
      for (let at = 0; at < 30; at += 1) {
        const character = secret.charAt(4 + at);
        const position = counts[at];
        position?.set(character, (position.get(character) ?? 0) + 1);
      }
    }
    expect(seen.size).toBe(amount);
    const expected = amount / 62;
    const all = counts.map((position) => {
      let chiSquare = 0;
      for (const character of base62)
        chiSquare += ((position.get(character) ?? 0) - expected) ** 2 / expected;
      return chiSquare;
    });
    // 61 degrees of freedom: 61 on average; beyond 160 one position in 10^10 at most.
    expect(Math.max(...all)).toBeLessThan(160);
  });

  test('bytes that would favour some characters are dropped', () => {
    const bytes = (size: number): Buffer => {
      const buffer = Buffer.alloc(size, 255);
      buffer[size - 1] = 61;
      return buffer;
    };
    expect(newTokenSecret(bytes).slice(4, 34)).toBe('z'.repeat(30));
  });

  test('a hint does not give the token away', () => {
    const { hintPrefix, hintSuffix } = hintOf(newTokenSecret(randomBytes));
    expect(hintPrefix.length + hintSuffix.length).toBeLessThanOrEqual(12);
  });
});
