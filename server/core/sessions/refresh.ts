import { recordAudit } from '../audit/record.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Caller, Session, User } from '../model.ts';
import type { Transaction } from '../ports.ts';
import { sendMail } from '../users/mail.ts';
import { endSession } from './endSessions.ts';
import { equipDevice, type SignedIn } from './openSession.ts';
import { isGenuine, parseRefreshValue } from './refreshValue.ts';

/**
 * For so long a cookie that was just replaced is answered with the same
 * successor again: a second tab, or a client that lost the answer. Milliseconds.
 */
export const refreshGrace = 20_000;

const invalid = (): AppError =>
  new AppError('BAD_CREDENTIALS', 'Authentication required - Invalid refresh token');

type Outcome =
  | { readonly kind: 'rotated'; readonly user: User; readonly session: Session }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'reused'; readonly user: User };

/** Moves the session to its next generation, or answers the present one to a late caller. */
async function rotate(core: Core, tx: Transaction, caller: Caller, value: string): Promise<Outcome> {
  const claim = parseRefreshValue(value);
  let session = claim === undefined ? undefined : await tx.sessions.find(claim.sessionId);
  if (claim === undefined || session === undefined) return { kind: 'invalid' };
  if (!isGenuine(core.refreshMac, session, claim) || session.revokedAt !== null) return { kind: 'invalid' };
  const now = core.clock().getTime();
  if (now >= session.hardUntil) return { kind: 'expired' };
  const user = await tx.users.find(session.userId);
  if (user?.status !== 'active') return { kind: 'invalid' };
  if (claim.generation === session.generation) {
    const won = await tx.sessions.advance(session.id, session.generation, now);
    if (won) await tx.sessions.touch(session.id, now);
    session = await tx.sessions.find(session.id);
    if (session === undefined) return { kind: 'invalid' };
  }
  if (claim.generation === session.generation - 1 && now - session.rotatedAt < refreshGrace) {
    return { kind: 'rotated', user, session };
  }
  if (claim.generation >= session.generation) return { kind: 'invalid' };
  await endSession(core, tx, session.id, 'refresh-reused');
  await recordAudit(core, tx, caller, {
    action: 'session.refreshReused',
    target: session.id,
    userId: user.id,
    sessionId: session.id,
  });
  return { kind: 'reused', user };
}

/**
 * Exchanges a refresh cookie for a new JWT and its successor cookie. An old
 * cookie that comes back after the grace time was stolen or copied: the session
 * ends. Throws BAD_REQUEST without a cookie, BAD_CREDENTIALS for a bad one.
 */
export async function refreshSession(
  core: Core,
  caller: Caller,
  value: string | undefined,
): Promise<SignedIn> {
  if (value === undefined || value === '') throw new AppError('BAD_REQUEST', 'Missing refresh token');
  const outcome = await core.transaction((tx) => rotate(core, tx, caller, value));
  switch (outcome.kind) {
    case 'rotated':
      return equipDevice(core, outcome.user, outcome.session);
    case 'expired':
      throw new AppError('BAD_CREDENTIALS', 'Authentication required - Refresh token expired');
    case 'reused':
      sendMail(core, caller, {
        to: outcome.user.email,
        subject: 'A session of yours was ended',
        text: 'An old sign-in cookie of yours was used again, which happens when it was copied. That session was signed out. If it was not you, change your password.',
      });
      throw invalid();
    case 'invalid':
      throw invalid();
  }
}
