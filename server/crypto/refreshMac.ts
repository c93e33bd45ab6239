import { createHmac, hkdfSync } from 'node:crypto';
import type { Mac } from '../core/ports.ts';

/** HMAC-SHA-256 in base64url, under a key made for refresh cookies alone. */
export function createRefreshMac(refreshKey: Buffer): Mac {
  const key = Buffer.from(hkdfSync('sha256', refreshKey, Buffer.alloc(0), 'refresh-cookie', 32));
  return (data) => createHmac('sha256', key).update(data, 'utf8').digest('base64url');
}
