import { describe, expect, test } from 'vitest';
import { createPasswords, defaultPasswordCost } from './passwords.ts';

const cheap = { memoryCost: 64, timeCost: 1, parallelism: 1 };

describe('passwords', () => {
  test('a password matches its own hash and no other', async () => {
    const passwords = createPasswords(cheap);
    const stored = await passwords.hash('correct horse');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$/);
    expect(stored).not.toBe(await passwords.hash('correct horse'));
    expect(await passwords.verify('correct horse', stored)).toBe(true);
    expect(await passwords.verify('correct horsf', stored)).toBe(false);
    expect(await passwords.verify('', stored)).toBe(false);
  });

  test('spaces, emoji and every length count', async () => {
    const passwords = createPasswords(cheap);
    const long = ` ünï 🐎 ${'x'.repeat(200)} `;
    const stored = await passwords.hash(long);
    expect(await passwords.verify(long, stored)).toBe(true);
    expect(await passwords.verify(long.trim(), stored)).toBe(false);
  });

  test('nobody has no password, nor has a string that is not of argon2', async () => {
    const passwords = createPasswords(cheap);
    for (const stored of [null, '', 'correct horse', '$2b$10$abcdefghijklmnopqrstuv', '$argon2id$']) {
      expect(await passwords.verify('correct horse', stored)).toBe(false);
    }
  });

  test('the default is at or above the floor of argon2id with 19456 KiB and 2 passes', async () => {
    expect(defaultPasswordCost.memoryCost).toBeGreaterThanOrEqual(19_456);
    expect(defaultPasswordCost.timeCost).toBeGreaterThanOrEqual(2);
    const passwords = createPasswords();
    const stored = await passwords.hash('correct horse');
    expect(await passwords.verify('correct horse', stored)).toBe(true);
    expect(passwords.needsRehash(stored)).toBe(false);
  });

  test('a weaker string asks for a new hash and still matches', async () => {
    const stored = await createPasswords(cheap).hash('correct horse');
    const passwords = createPasswords({ ...cheap, timeCost: 2 });
    expect(passwords.needsRehash(stored)).toBe(true);
    expect(await passwords.verify('correct horse', stored)).toBe(true);
    expect(passwords.needsRehash(await passwords.hash('correct horse'))).toBe(false);
    expect(passwords.needsRehash('$2b$10$abcdefghijklmnopqrstuv')).toBe(true);
  });

  test('more than a hundred waiting are refused, and the others are answered', async () => {
    const passwords = createPasswords(cheap, 2);
    const answers = await Promise.allSettled(Array.from({ length: 150 }, () => passwords.hash('x')));
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(answers.length - refused.length).toBe(102);
    expect(refused[0]?.reason).toMatchObject({ name: 'AppError', code: 'UNAVAILABLE' });
    expect(await passwords.hash('x')).toContain('$argon2id$'); // the places are free again
  });
});
