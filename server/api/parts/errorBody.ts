import type { WireError } from '../route.ts';

/** Errors that the wire answers as a bare `{msg}`; everything else is coded. */
const bare = new Set([
  'BAD_CREDENTIALS',
  'BAD_REQUEST',
  'UNPROCESSABLE',
  'INVALID_CHOICE',
  'ROUTE_NOT_FOUND',
]);

/** The code as clients know it. */
export function wireCode(code: string): string {
  return code === 'FIELD_UNIQUE_CONSTRAINT_VIOLATION' ? code : `ERR_${code}`;
}

/**
 * Versions 1 and 2: `{msg}` or `{error,message,…}`. Clients look for either, so
 * every body has `msg`, and every coded one `error` and `message` too.
 */
export function flatErrorBody(error: WireError): Record<string, unknown> {
  if (error.code === 'INVALID_REQUEST_BODY' && error.details?.errors !== undefined) {
    return { msg: error.message, ...error.details };
  }
  if (bare.has(error.code)) return { msg: error.message, ...error.details };
  return { error: wireCode(error.code), message: error.message, msg: error.message, ...error.details };
}
