import { hkdfSync, randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { parseKeyRing } from './tokenCipher.ts';

/** What an instance keeps outside its database. */
export interface Secrets {
  readonly jwtSecret: string;
  /** Key ring `k2:<base64>,k1:<base64>` for createTokenCipher. */
  readonly tokenKeys: string;
  /** For createRefreshMac. */
  readonly refreshKey: Buffer;
}

/** Secrets given from outside; each replaces the file's. */
export interface SecretOverrides {
  readonly jwtSecret?: string | undefined;
  readonly tokenKeys?: string | undefined; // key ring
  readonly refreshKey?: string | undefined; // base64 of 32 bytes
}

interface SecretsFile {
  readonly jwtSecret: string;
  readonly encryptionKeys: string;
  readonly refreshKey: string;
}

const fileName = 'secrets.json';
/** RFC 8725 §3.5 and RFC 7518 §3.2: a key of HS256 is at least as long as its hash. */
const jwtSecretBytes = 32;
const refreshKeyBytes = 32;

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

const newSecrets = (): SecretsFile => ({
  jwtSecret: randomBytes(48).toString('base64url'),
  encryptionKeys: `k1:${randomBytes(32).toString('base64')}`,
  refreshKey: randomBytes(refreshKeyBytes).toString('base64'),
});

/** What file systems without hard links answer to one. */
const withoutLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

function copyIfAbsent(from: string, to: string): void {
  try {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  }
}

/**
 * Writes the file unless there is one. It appears whole or not at all: written
 * and synced under a name of its own, then linked, which fails when the name
 * is taken. Of two processes that start at once, one wins and both read it.
 */
function createFile(folder: string, path: string): void {
  const draft = join(folder, `.${fileName}.${process.pid}.${randomBytes(6).toString('hex')}`);
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, `${JSON.stringify(newSecrets(), null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(draft, path);
  } catch (error) {
    if (isCode(error, 'EEXIST')) return;
    if (!withoutLinks.some((code) => isCode(error, code))) throw error;
    copyIfAbsent(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function requireBytes(name: string, encoded: string, size: number): Buffer {
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length !== size) throw new Error(`${name} must be ${size} random bytes in base64`);
  return bytes;
}

/** Throws an Error that says which secret is wrong and never shows one. */
function checkSecrets(file: SecretsFile): Secrets {
  if (Buffer.byteLength(file.jwtSecret) < jwtSecretBytes) {
    throw new Error(`jwtSecret must have at least ${jwtSecretBytes} characters`);
  }
  parseKeyRing(file.encryptionKeys);
  return {
    jwtSecret: file.jwtSecret,
    tokenKeys: file.encryptionKeys,
    refreshKey: requireBytes('refreshKey', file.refreshKey, refreshKeyBytes),
  };
}

function parseFile(text: string): SecretsFile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new Error('it is not valid JSON'); // the parser's own words would quote the file
  }
  const members = typeof content === 'object' && content !== null ? (content as Record<string, unknown>) : {};
  const read = (name: keyof SecretsFile): string => {
    const value = members[name];
    if (typeof value !== 'string' || value === '') throw new Error(`its member '${name}' is missing`);
    return value;
  };
  const file = {
    jwtSecret: read('jwtSecret'),
    encryptionKeys: read('encryptionKeys'),
    refreshKey: read('refreshKey'),
  };
  checkSecrets(file);
  return file;
}

function readSecrets(folder: string): SecretsFile {
  const path = resolve(folder, fileName);
  if (readFile(path) === undefined) {
    mkdirSync(folder, { recursive: true });
    createFile(folder, path);
  }
  try {
    return parseFile(readFile(path) ?? '');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `The secrets file ${path} cannot be used: ${reason}. Restore it from a backup. If there is none, remove it: ` +
        'a new one is made at the next start, everyone has to sign in again, and stored copies of API tokens can ' +
        'no longer be shown (the tokens themselves go on working).',
      { cause },
    );
  }
}

/** The key ring of the environment; its errors name the setting. */
function checkTokenKeys(tokenKeys: string): void {
  try {
    parseKeyRing(tokenKeys);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`ROWGATE_TOKEN_KEYS cannot be used: ${reason}.`, { cause });
  }
}

/** Instances that are given the same signing secret agree on refresh cookies too. */
const deriveRefreshKey = (jwtSecret: string): string =>
  Buffer.from(hkdfSync('sha256', jwtSecret, '', 'rowgate refresh cookie', refreshKeyBytes)).toString(
    'base64',
  );

/**
 * Loads the secrets of the instance, and makes them at the first start
 * (`secrets.json` in the data folder, readable by its owner only). Throws an
 * Error for people at start-up: for a damaged file it names the file.
 */
export function openSecrets(folder: string, overrides: SecretOverrides = {}): Secrets {
  const { jwtSecret, tokenKeys } = overrides;
  if (jwtSecret !== undefined && Buffer.byteLength(jwtSecret) < jwtSecretBytes) {
    throw new Error(
      `NC_AUTH_JWT_SECRET is too short: whoever guesses it can sign in as anyone. Give at least ${jwtSecretBytes} ` +
        'random characters, or leave it out and one is made and kept in the data folder.',
    );
  }
  if (tokenKeys !== undefined) checkTokenKeys(tokenKeys);
  const refreshKey =
    overrides.refreshKey ?? (jwtSecret === undefined ? undefined : deriveRefreshKey(jwtSecret));
  if (jwtSecret !== undefined && tokenKeys !== undefined && refreshKey !== undefined) {
    return checkSecrets({ jwtSecret, encryptionKeys: tokenKeys, refreshKey }); // an instance without a file of its own
  }
  const file = readSecrets(folder);
  return checkSecrets({
    jwtSecret: jwtSecret ?? file.jwtSecret,
    encryptionKeys: tokenKeys ?? file.encryptionKeys,
    refreshKey: refreshKey ?? file.refreshKey,
  });
}
