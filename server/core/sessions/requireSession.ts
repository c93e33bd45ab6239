import { AppError } from '../errors.ts';
import type { Caller, Principal } from '../model.ts';

export type SessionPrincipal = Extract<Principal, { kind: 'session' }>;

export const tokenNotAllowed = (): AppError =>
  new AppError('API_TOKEN_NOT_ALLOWED', 'This request is not allowed with API token');

/** The session that calls. An API token may never do what asks for this. */
export function requireSession(caller: Caller): SessionPrincipal {
  if (caller.principal.kind === 'session') return caller.principal;
  if (caller.principal.kind === 'token') throw tokenNotAllowed();
  throw new AppError('AUTHENTICATION_REQUIRED', 'Authentication required - Invalid token');
}
