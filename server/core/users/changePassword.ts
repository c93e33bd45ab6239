import { recordAudit } from '../audit/record.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Caller } from '../model.ts';
import { endAllSessions } from '../sessions/endSessions.ts';
import { requireWithinLimit } from '../sessions/limits.ts';
import { openSession, type SignedIn } from '../sessions/openSession.ts';
import { requireSession } from '../sessions/requireSession.ts';
import { checkNewPassword } from './passwordRules.ts';
import { newTokenVersion } from './secretLink.ts';

/**
 * Changes the caller's own password. Every session and JWT of the user ends; the
 * device that asked goes on in a new one. API tokens stay. Throws
 * BAD_CREDENTIALS when the current password is wrong.
 */
export async function changePassword(
  core: Core,
  caller: Caller,
  input: { current: string; next: string },
): Promise<SignedIn> {
  const { user, session } = requireSession(caller);
  checkNewPassword(core, input.next, 'newPassword');
  await requireWithinLimit(core.limits, 'signInAccount', user.email, 'attempts to change the password');
  const secrets = await core.stores.users.secrets(user.id);
  if (!(await core.passwords.verify(input.current, secrets?.passwordHash ?? null))) {
    throw new AppError('BAD_CREDENTIALS', 'Current password is wrong');
  }
  await core.limits.giveBack('signInAccount', user.email);
  const passwordHash = await core.passwords.hash(input.next);
  return core.transaction(async (tx) => {
    const present = await tx.sessions.find(session.id);
    if (present === undefined || present.revokedAt !== null) {
      throw new AppError('AUTHENTICATION_REQUIRED', 'Authentication required - Invalid token');
    }
    const tokenVersion = newTokenVersion(core);
    const updatedAt = core.clock().getTime();
    const changes = { passwordHash, tokenVersion, resetTokenHash: null, resetExpiresAt: null, updatedAt };
    await tx.users.update(user.id, changes);
    tx.invalidate('user', user.id);
    await endAllSessions(core, tx, user.id, 'password-changed');
    await recordAudit(core, tx, caller, { action: 'password.change', target: user.id });
    return openSession(core, tx, caller, { ...user, tokenVersion, updatedAt });
  });
}
