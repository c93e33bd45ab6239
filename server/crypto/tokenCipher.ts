import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { TokenCipher } from '../core/ports.ts';

const algorithm = 'aes-256-gcm';
const keyBytes = 32;
/** NIST SP 800-38D: 12 random bytes are safe for 2^32 encryptions under one key. */
const nonceBytes = 12;
const tagBytes = 16;

export interface RingKey {
  readonly id: string;
  readonly key: Buffer;
}

/**
 * Reads `k2:<base64>,k1:<base64>`: the first key encrypts, all decrypt. Throws
 * an Error that names the key and never shows it.
 */
export function parseKeyRing(text: string): RingKey[] {
  const ring = text.split(',').map((part): RingKey => {
    const [id, encoded, ...rest] = part.trim().split(':');
    if (id === undefined || encoded === undefined || rest.length > 0 || !/^[A-Za-z0-9_-]{1,32}$/.test(id)) {
      throw new Error("a key ring is written 'name:base64,name:base64', the newest key first");
    }
    const isBase64 = /^[A-Za-z0-9+/_-]+={0,2}$/.test(encoded);
    const key = Buffer.from(encoded, 'base64');
    if (!isBase64 || key.length !== keyBytes) {
      throw new Error(`the key '${id}' must be ${keyBytes} random bytes in base64 (44 characters)`);
    }
    return { id, key };
  });
  const doubled = ring.find((key, index) => ring.findIndex((other) => other.id === key.id) !== index);
  if (doubled !== undefined) throw new Error(`the key ring names '${doubled.id}' twice`);
  return ring;
}

/** What is encrypted: copies of token secrets, or how data sources are reached. */
type Purpose = 'api-token-reveal' | 'source-connection';

/** One master key serves several purposes; each gets a key of its own. */
const derive = (master: Buffer, purpose: Purpose): Buffer =>
  Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), purpose, keyBytes));

/**
 * AES-256-GCM for the copies of token secrets. The associated data ties a copy
 * to its row: in another row it does not open.
 */
export function createTokenCipher(keyRing: string, purpose: Purpose = 'api-token-reveal'): TokenCipher {
  const ring = parseKeyRing(keyRing).map(({ id, key }) => ({ id, key: derive(key, purpose) }));
  const [newest] = ring;
  if (newest === undefined) throw new Error('the key ring is empty');
  const keys = new Map(ring.map(({ id, key }) => [id, key]));

  return {
    encrypt(plain, associatedData) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, newest.key, nonce, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(associatedData, 'utf8'));
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return { keyId: newest.id, nonce: nonce.toString('base64'), ciphertext: sealed.toString('base64') };
    },
    decrypt(secret, associatedData) {
      const key = keys.get(secret.keyId);
      if (key === undefined) throw new Error(`no key named '${secret.keyId}' is configured`);
      const nonce = Buffer.from(secret.nonce, 'base64');
      const sealed = Buffer.from(secret.ciphertext, 'base64');
      if (nonce.length !== nonceBytes || sealed.length < tagBytes)
        throw new Error('the encrypted copy is damaged');
      const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(associatedData, 'utf8'));
      decipher.setAuthTag(sealed.subarray(-tagBytes));
      try {
        return Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()]).toString(
          'utf8',
        );
      } catch (cause) {
        throw new Error('the encrypted copy does not belong to this row or was altered', { cause });
      }
    },
  };
}
