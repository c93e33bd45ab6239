import type { Core } from '../context.ts';
import type { Caller, Session, User } from '../model.ts';
import type { Transaction } from '../ports.ts';
import { refreshValue } from './refreshValue.ts';

/** What a device holds after signing in. */
export interface SignedIn {
  readonly user: User;
  readonly session: Session;
  /** For the header xc-auth. */
  readonly jwt: string;
  /** For the cookie only; never in a body. */
  readonly refresh: string;
  /** Seconds until the session ends for good. */
  readonly refreshSeconds: number;
}

/** The instance roles of a user in the words of the wire. */
export function roleFlags(user: Pick<User, 'orgRole'>): Record<string, true> {
  if (user.orgRole === 'super') return { 'org-level-creator': true, super: true };
  return user.orgRole === 'creator' ? { 'org-level-creator': true } : { 'org-level-viewer': true };
}

/** Signs a JWT for a session and says what the device gets. */
export function equipDevice(core: Core, user: User, session: Session): SignedIn {
  const now = core.clock().getTime();
  const issuedAt = Math.floor(now / 1000);
  const jwt = core.signer.sign({
    id: user.id,
    email: user.email,
    roles: roleFlags(user),
    sid: session.id,
    jti: core.randomBytes(16).toString('hex'),
    token_version: user.tokenVersion,
    iat: issuedAt,
    exp: issuedAt + Math.floor(core.settings.jwtLifetime / 1000),
  });
  return {
    user,
    session,
    jwt,
    refresh: refreshValue(core.refreshMac, session, session.generation),
    refreshSeconds: Math.max(0, Math.floor((session.hardUntil - now) / 1000)),
  };
}

/** A new session of a user whose identity has just been proved. */
export async function openSession(
  core: Core,
  tx: Transaction,
  caller: Caller,
  user: User,
): Promise<SignedIn> {
  const now = core.clock().getTime();
  const session: Session = {
    id: core.newId('session'),
    userId: user.id,
    salt: core.randomBytes(16).toString('hex'),
    generation: 0,
    rotatedAt: now,
    createdAt: now,
    lastSeenAt: now,
    authTime: now,
    hardUntil: now + core.settings.refreshLifetime,
    address: caller.address,
    agent: caller.agent,
    revokedAt: null,
  };
  await tx.sessions.insert(session);
  return equipDevice(core, user, session);
}
