import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeAgent } from './describeAgent.ts';

const webKit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('describeAgent', () => {
  test.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox', 'Linux', false],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webKit} Chrome/140.0 Safari/537.36`,
      'Chrome',
      'Windows',
      false,
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webKit} Chrome/140.0 Safari/537.36 Edg/140.0`,
      'Edge',
      'Windows',
      false,
    ],
    [
      `Mozilla/5.0 (Linux; Android 10; K) ${webKit} Chrome/140.0 Mobile Safari/537.36`,
      'Chrome',
      'Android',
      true,
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
      'Safari',
      'macOS',
      false,
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari',
      'iOS',
      true,
    ],
    ['curl/8.5.0', 'curl', undefined, false],
    ['Mozilla/5.0', undefined, undefined, false],
    [null, undefined, undefined, false],
  ])('%s', (agent, program, system, isPhone) => {
    expect(describeAgent(agent)).toEqual({ program, system, isPhone });
  });

  test('any text is described', () => {
    fc.assert(fc.property(fc.string(), (agent) => void describeAgent(agent)));
  });
});
