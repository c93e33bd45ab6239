import { describe, expect, test } from 'vitest';
import type { CoreSettings } from '../../core/context.ts';
import { readCookie, refreshCookieName, requireSameOrigin } from './cookies.ts';

const settings = (publicUrl: string | null): CoreSettings => ({
  jwtLifetime: 1,
  refreshLifetime: 1,
  inviteOnlySignup: false,
  tokensPerUser: 1,
  pageSizeDefault: 25,
  pageSizeMax: 1000,
  payloadLimit: 100,
  maxTextLength: 100,
  publicUrl,
  passwordMinLength: 8,
  timeZone: 'UTC',
  hasInterface: false,
});

describe('cookies', () => {
  test('a cookie is found among others', () => {
    const headers = { cookie: 'a=1; refresh_token=abc=; xrefresh_token=no' };
    expect(readCookie(headers, 'refresh_token')).toBe('abc=');
    expect(readCookie(headers, 'b')).toBeUndefined();
    expect(readCookie({}, 'a')).toBeUndefined();
  });

  test('the name is protected over TLS', () => {
    expect(refreshCookieName(settings('https://data.example.org'))).toBe('__Host-refresh_token');
    expect(refreshCookieName(settings('http://data.example.org'))).toBe('refresh_token');
    expect(refreshCookieName(settings(null))).toBe('refresh_token');
  });

  test.each([
    [{}, true],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'none' }, true],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ origin: 'http://localhost:8080' }, true],
    [{ origin: 'https://data.example.org' }, true],
    [{ origin: 'http://localhost:9090' }, false],
    [{ origin: 'https://evil.example' }, false],
    [{ origin: 'null' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://localhost:8080' }, false],
  ])('%j is allowed: %s', (headers, allowed) => {
    const check = () =>
      requireSameOrigin({ host: 'localhost:8080', ...headers }, settings('https://data.example.org'));
    if (allowed) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });
});
