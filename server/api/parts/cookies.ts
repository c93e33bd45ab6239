import type { CoreSettings } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import type { SignedIn } from '../../core/sessions/openSession.ts';
import type { Call, Cookie } from '../route.ts';

type Headers = Call['headers'];

const overTls = (settings: CoreSettings): boolean => settings.publicUrl?.startsWith('https:') ?? false;

/**
 * Over TLS the prefix makes browsers insist on Secure, Path=/ and no Domain;
 * over plain HTTP they would refuse such a cookie.
 */
export const refreshCookieName = (settings: CoreSettings): string =>
  overTls(settings) ? '__Host-refresh_token' : 'refresh_token';

const single = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join('; ') : value;

/** The value of a cookie of the request. */
export function readCookie(headers: Headers, name: string): string | undefined {
  for (const pair of (single(headers.cookie) ?? '').split(';')) {
    const mark = pair.indexOf('=');
    if (mark !== -1 && pair.slice(0, mark).trim() === name) return pair.slice(mark + 1).trim();
  }
  return undefined;
}

/** The cookie a device refreshes with. */
export const refreshCookie = (settings: CoreSettings, signedIn: SignedIn): Cookie => ({
  name: refreshCookieName(settings),
  value: signedIn.refresh,
  maxAge: signedIn.refreshSeconds,
});

export const deletedRefreshCookie = (settings: CoreSettings): Cookie => ({
  name: refreshCookieName(settings),
  value: '',
  maxAge: 0,
});

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

/**
 * Throws FORBIDDEN when a browser says that another site makes this request.
 * For routes that a cookie alone opens. Programs other than browsers send
 * neither header.
 */
export function requireSameOrigin(headers: Headers, settings: CoreSettings): void {
  const refuse = (): never => {
    throw new AppError('FORBIDDEN', 'Forbidden - This request may not come from another site');
  };
  const site = single(headers['sec-fetch-site']);
  if (site !== undefined) {
    if (site !== 'same-origin' && site !== 'none') refuse();
    return;
  }
  const origin = single(headers.origin);
  if (origin === undefined) return;
  const host = hostOf(origin);
  const own = [single(headers.host)?.toLowerCase(), hostOf(settings.publicUrl ?? '')];
  if (host === undefined || !own.includes(host)) refuse();
}
