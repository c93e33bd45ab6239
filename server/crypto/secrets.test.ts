import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSecrets } from './secrets.ts';
import { createTokenCipher } from './tokenCipher.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rowgate-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (): string => join(folder, 'secrets.json');

describe('secrets', () => {
  test('are made once, kept, and readable by their owner only', () => {
    const made = openSecrets(folder);
    expect(openSecrets(folder)).toEqual(made);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['secrets.json']); // no draft is left
    expect(made.refreshKey).toHaveLength(32);
    expect(Buffer.byteLength(made.jwtSecret)).toBeGreaterThanOrEqual(32);
    expect(() => createTokenCipher(made.tokenKeys)).not.toThrow();
    expect(new Set([made.jwtSecret, made.tokenKeys, made.refreshKey.toString('base64')]).size).toBe(3);
  });

  test('two instances have nothing in common; a missing folder is made', () => {
    const one = openSecrets(join(folder, 'a', 'deep'));
    const two = openSecrets(join(folder, 'b'));
    expect(one.jwtSecret).not.toBe(two.jwtSecret);
    expect(one.tokenKeys).not.toBe(two.tokenKeys);
    expect(one.refreshKey).not.toEqual(two.refreshKey);
  });

  test('processes that start at once agree', async () => {
    const code = `import { openSecrets } from ${JSON.stringify(new URL('./secrets.ts', import.meta.url).href)};
      process.stdout.write(JSON.stringify(openSecrets(process.argv[1])));`;
    const start = () =>
      promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', code, folder]);
    const outputs = await Promise.all(Array.from({ length: 6 }, start));
    expect(new Set(outputs.map(({ stdout }) => stdout)).size).toBe(1);
    expect(outputs[0]?.stdout).toContain('jwtSecret');
    expect(readdirSync(folder)).toEqual(['secrets.json']);
  }, 30_000);

  test('overrides win and leave the file alone', () => {
    const made = openSecrets(folder);
    const before = readFileSync(file(), 'utf8');
    const jwtSecret = 'a secret of more than thirty-two bytes';
    const given = openSecrets(folder, { jwtSecret });
    expect(given).toEqual({ ...made, jwtSecret, refreshKey: given.refreshKey });
    // Instances that share the signing secret agree on refresh cookies, whatever their files say.
    expect(given.refreshKey).not.toEqual(made.refreshKey);
    expect(openSecrets(join(folder, 'another'), { jwtSecret }).refreshKey).toEqual(given.refreshKey);
    expect(openSecrets(folder, { jwtSecret: `${jwtSecret}!` }).refreshKey).not.toEqual(given.refreshKey);
    expect(readFileSync(file(), 'utf8')).toBe(before);
    expect(() => openSecrets(folder, { jwtSecret: 'secret' })).toThrow('NC_AUTH_JWT_SECRET is too short');
    expect(() => openSecrets(folder, { tokenKeys: 'k1:AAAA' })).toThrow(
      "ROWGATE_TOKEN_KEYS cannot be used: the key 'k1'",
    );
  });

  test('an instance that is given all of them needs no file', () => {
    const key = Buffer.alloc(32, 1).toString('base64');
    const given = { jwtSecret: 'x'.repeat(32), tokenKeys: `k1:${key}`, refreshKey: key };
    expect(openSecrets(folder, given).tokenKeys).toBe(`k1:${key}`);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ['empty', () => ''],
    ['cut off', (text: string) => text.slice(0, 40)],
    ['not an object', () => '[]'],
    ['null', () => 'null'],
    ['without a member', (text: string) => JSON.stringify({ ...JSON.parse(text), refreshKey: undefined })],
    [
      'with a short key',
      (text: string) => JSON.stringify({ ...JSON.parse(text), encryptionKeys: 'k1:AAAA' }),
    ],
    ['with a short secret', (text: string) => JSON.stringify({ ...JSON.parse(text), jwtSecret: 'short' })],
  ])('a file that is %s stops the start, is named, and is not replaced', (_name, damage) => {
    const { jwtSecret } = openSecrets(folder);
    const damaged = damage(readFileSync(file(), 'utf8'));
    writeFileSync(file(), damaged);
    let message = '';
    try {
      openSecrets(folder);
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain(file());
    expect(message).not.toContain(jwtSecret.slice(0, 10));
    expect(readFileSync(file(), 'utf8')).toBe(damaged);
  });
});
