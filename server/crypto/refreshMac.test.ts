import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { createRefreshMac } from './refreshMac.ts';

test('the same data gives the same code; other data or another key another one', () => {
  const key = Buffer.alloc(32, 7);
  const mac = createRefreshMac(key);
  expect(mac('a|1')).toBe(createRefreshMac(Buffer.alloc(32, 7))('a|1'));
  expect(mac('a|1')).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(mac('a|2')).not.toBe(mac('a|1'));
  expect(createRefreshMac(Buffer.alloc(32, 8))('a|1')).not.toBe(mac('a|1'));
  // the key is used for this purpose only, not as it is
  expect(mac('a|1')).not.toBe(createHmac('sha256', key).update('a|1').digest('base64url'));
});
