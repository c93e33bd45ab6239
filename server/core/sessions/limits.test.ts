import { describe, expect, test } from 'vitest';
import { createMemoryLimits } from '../../limits/limits.ts';
import { addressKey, identityLimits, requireWithinLimit } from './limits.ts';

describe('limits', () => {
  test('the allowed number passes, one more is told how long to wait, other keys are untouched', async () => {
    const limits = createMemoryLimits();
    const { times, seconds } = identityLimits.badCredential;
    for (let i = 0; i < times; i += 1) expect(await limits.take('badCredential', 'a')).toBe(0);
    const wait = await limits.take('badCredential', 'a');
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(seconds);
    expect(await limits.take('badCredential', 'b')).toBe(0);
    await expect(requireWithinLimit(limits, 'badCredential', 'a', 'attempts')).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    });
  });

  test('what is given back is not counted', async () => {
    const limits = createMemoryLimits();
    for (let i = 0; i < 3 * identityLimits.signInAccount.times; i += 1) {
      expect(await limits.take('signInAccount', 'a')).toBe(0);
      await limits.giveBack('signInAccount', 'a');
    }
  });

  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::9', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    [null, 'unknown'],
  ])('%s is counted as %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});
