import { recordAudit } from '../audit/record.ts';
import type { Core } from '../context.ts';
import { AppError, notFound } from '../errors.ts';
import type { Caller, User } from '../model.ts';
import type { UserStore } from '../ports.ts';
import { endAllSessions } from '../sessions/endSessions.ts';
import { addressKey, requireWithinLimit } from '../sessions/limits.ts';
import { parseEmail } from './email.ts';
import { sendMail } from './mail.ts';
import { checkNewPassword } from './passwordRules.ts';
import { hashSecret, linkTo, newSecretLink, newTokenVersion } from './secretLink.ts';

/** A reset link works this long; the wire's hour. Milliseconds. */
export const resetLifetime = 3_600_000;

/** In the interface the secret stands in the fragment, which no server logs. */
const resetPath = (core: Pick<Core, 'settings'>, secret: string): string =>
  core.settings.hasInterface ? `/#/reset/${secret}` : `/auth/password/reset/${secret}`;

/**
 * Someone says that they forgot a password. The same answer for known and
 * unknown e-mails. A known user's sessions end; with a mail server, a link that
 * works once for an hour is sent.
 */
export async function forgotPassword(core: Core, caller: Caller, input: { email: string }): Promise<void> {
  const email = parseEmail(input.email);
  const address = addressKey(caller.address);
  await requireWithinLimit(
    core.limits,
    'passwordForgotAddress',
    address,
    'password requests from this address',
  );
  await requireWithinLimit(core.limits, 'passwordForgotAccount', email, 'password requests for this account');
  const link = newSecretLink(core);
  const known = await core.transaction(async (tx) => {
    const user = await tx.users.findByEmail(email);
    if (user !== undefined && user.status !== 'blocked') {
      const now = core.clock().getTime();
      await tx.users.update(user.id, {
        tokenVersion: newTokenVersion(core),
        updatedAt: now,
        // Without mail nobody would learn the new link; one an admin made stays good.
        ...(core.mailer.configured ? { resetTokenHash: link.hash, resetExpiresAt: now + resetLifetime } : {}),
      });
      tx.invalidate('user', user.id);
      await endAllSessions(core, tx, user.id, 'password-forgotten');
    }
    await recordAudit(core, tx, caller, {
      action: 'password.forgot',
      ...(user === undefined ? {} : { target: user.id }),
    });
    return user?.status === 'blocked' ? undefined : user;
  });
  if (known === undefined) return;
  sendMail(core, caller, {
    to: known.email,
    subject: 'Choose a new password',
    text: `Someone asked for a new password for this account. Within an hour, open:\n\n${linkTo(core, resetPath(core, link.secret))}\n\nIf it was not you, you need do nothing but sign in again.`,
  });
}

async function requireResettable(core: Core, users: UserStore, secret: string): Promise<User> {
  const user = secret.length > 200 ? undefined : await users.findByResetTokenHash(hashSecret(secret));
  const secrets = user === undefined ? undefined : await users.secrets(user.id);
  if (user === undefined || secrets === undefined || user.status === 'blocked') {
    throw new AppError('BAD_CREDENTIALS', 'Invalid reset url');
  }
  if (secrets.resetExpiresAt === null || core.clock().getTime() >= secrets.resetExpiresAt) {
    throw new AppError('BAD_CREDENTIALS', 'Password reset url expired');
  }
  return user;
}

/** Throws BAD_CREDENTIALS unless the link would work. */
export async function validateResetToken(core: Core, secret: string): Promise<void> {
  await requireResettable(core, core.stores.users, secret);
}

/** Sets a password by a reset link, which works once. Every session of the user ends; API tokens stay. */
export async function resetPassword(
  core: Core,
  caller: Caller,
  input: { secret: string; password: string },
): Promise<void> {
  await validateResetToken(core, input.secret); // before the costly hash
  checkNewPassword(core, input.password);
  const passwordHash = await core.passwords.hash(input.password);
  await core.transaction(async (tx) => {
    const user = await requireResettable(core, tx.users, input.secret); // another may have used it meanwhile
    await tx.users.update(user.id, {
      passwordHash,
      tokenVersion: newTokenVersion(core),
      status: 'active', // an invited user has proved the invitation by the link
      resetTokenHash: null,
      resetExpiresAt: null,
      inviteTokenHash: null,
      inviteExpiresAt: null,
      updatedAt: core.clock().getTime(),
    });
    tx.invalidate('user', user.id);
    await endAllSessions(core, tx, user.id, 'password-reset');
    await recordAudit(core, tx, caller, { action: 'password.reset', target: user.id, userId: user.id });
  });
}

/** A reset link for a user, made by an admin or at the server's console; it replaces an earlier one. */
export async function createPasswordReset(
  core: Core,
  caller: Caller,
  userId: string,
): Promise<{ secret: string; url: string }> {
  const link = newSecretLink(core);
  await core.transaction(async (tx) => {
    const user = await tx.users.find(userId);
    if (user === undefined) throw notFound('User', userId);
    if (user.status === 'blocked') {
      throw new AppError(
        'UNPROCESSABLE',
        'This user is blocked. Unblock the user first, then make a reset link.',
      );
    }
    const now = core.clock().getTime();
    await tx.users.update(userId, {
      resetTokenHash: link.hash,
      resetExpiresAt: now + resetLifetime,
      updatedAt: now,
    });
    tx.invalidate('user', userId);
    await recordAudit(core, tx, caller, { action: 'password.createReset', target: userId });
  });
  return { secret: link.secret, url: linkTo(core, resetPath(core, link.secret)) };
}
