import type { OrgRole } from '../../../vocabulary/roles.ts';
import { recordAudit } from '../audit/record.ts';
import type { Core } from '../context.ts';
import { AppError, notFound } from '../errors.ts';
import type { Caller } from '../model.ts';
import type { Transaction } from '../ports.ts';
import { parseEmail } from './email.ts';
import { sendMail } from './mail.ts';
import { linkTo, newSecretLink, newTokenVersion } from './secretLink.ts';

/** An invitation works this long, milliseconds. */
export const inviteLifetime = 7 * 24 * 3_600_000;

export interface Invitation {
  readonly userId: string;
  readonly email: string;
  /** For the link; it is not kept and cannot be shown again. */
  readonly secret: string;
}

/** The page where an invitation is accepted. The secret stands in the fragment, which no server logs. */
export const inviteUrl = (core: Pick<Core, 'settings'>, secret: string): string =>
  linkTo(core, `/#/signup/${secret}`);

/** Inserts a user who has yet to choose a password. The caller of this has made sure that the e-mail is free. */
export async function insertInvitedUser(
  core: Core,
  tx: Transaction,
  email: string,
  orgRole: OrgRole,
): Promise<Invitation> {
  const userId = core.newId('user');
  await tx.users.insert({
    id: userId,
    email,
    displayName: null,
    orgRole,
    status: 'invited',
    tokenVersion: newTokenVersion(core),
    emailVerified: false,
    meta: null,
    avatar: null,
    passwordHash: null,
  });
  const secret = await renewInvite(core, tx, userId);
  return { userId, email, secret };
}

async function renewInvite(core: Core, tx: Transaction, userId: string): Promise<string> {
  const link = newSecretLink(core);
  const now = core.clock().getTime();
  const change = { inviteTokenHash: link.hash, inviteExpiresAt: now + inviteLifetime, updatedAt: now };
  await tx.users.update(userId, change);
  tx.invalidate('user', userId);
  return link.secret;
}

/** Mails an invitation, when a mail server is set up. */
export function mailInvitation(core: Core, caller: Caller, invitation: Invitation): void {
  sendMail(core, caller, {
    to: invitation.email,
    subject: 'You are invited',
    text: `You were invited to work on shared data. Choose a password at:\n\n${inviteUrl(core, invitation.secret)}`,
  });
}

/** Invites someone to the instance. Throws BAD_CREDENTIALS when the e-mail is taken. */
export async function inviteUser(
  core: Core,
  caller: Caller,
  input: { email: string; orgRole: OrgRole },
): Promise<Invitation> {
  const email = parseEmail(input.email);
  const invitation = await core.transaction(async (tx) => {
    if ((await tx.users.findByEmail(email)) !== undefined) {
      throw new AppError('BAD_CREDENTIALS', 'User already exist');
    }
    const made = await insertInvitedUser(core, tx, email, input.orgRole);
    await recordAudit(core, tx, caller, {
      action: 'user.invite',
      target: made.userId,
      details: { role: input.orgRole },
    });
    return made;
  });
  mailInvitation(core, caller, invitation);
  return invitation;
}

/** Sends a new invitation, which replaces the one before. Throws BAD_REQUEST without a mail server. */
export async function resendInvite(core: Core, caller: Caller, userId: string): Promise<void> {
  const invitation = await core.transaction(async (tx) => {
    const user = await tx.users.find(userId);
    if (user === undefined) throw notFound('User', userId);
    if (!core.mailer.configured) {
      throw new AppError(
        'BAD_REQUEST',
        'No mail server is set up, so no invitation can be sent. Make a reset link for the user instead.',
      );
    }
    if (user.status !== 'invited')
      throw new AppError('BAD_REQUEST', 'This user has accepted the invitation already');
    const secret = await renewInvite(core, tx, userId);
    await recordAudit(core, tx, caller, { action: 'user.resendInvite', target: userId });
    return { userId, email: user.email, secret };
  });
  mailInvitation(core, caller, invitation);
}
