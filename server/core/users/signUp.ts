import { recordAudit } from '../audit/record.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Caller, User } from '../model.ts';
import type { Transaction } from '../ports.ts';
import { addressKey, requireWithinLimit } from '../sessions/limits.ts';
import { openSession, type SignedIn } from '../sessions/openSession.ts';
import { parseEmail } from './email.ts';
import { readInstanceSettings } from './instanceSettings.ts';
import { checkNewPassword } from './passwordRules.ts';
import { hashSecret, newTokenVersion } from './secretLink.ts';

export interface SignUp {
  readonly email: string;
  readonly password: string;
  readonly displayName: string | null;
  /** Of an invitation. */
  readonly inviteToken: string | undefined;
}

interface NewAccount {
  readonly email: string;
  readonly passwordHash: string;
  readonly displayName: string | null;
}

/** A user who was invited proves it and gets a password. */
async function acceptInvite(
  core: Core,
  tx: Transaction,
  user: User,
  account: NewAccount,
  token: string | undefined,
): Promise<void> {
  if (token === undefined) throw new AppError('BAD_CREDENTIALS', 'User already exist');
  const secrets = await tx.users.secrets(user.id);
  if (user.status !== 'invited' || secrets?.inviteTokenHash !== hashSecret(token)) {
    throw new AppError('BAD_CREDENTIALS', 'Invalid invite url');
  }
  const now = core.clock().getTime();
  if (secrets.inviteExpiresAt !== null && now >= secrets.inviteExpiresAt) {
    throw new AppError(
      'BAD_CREDENTIALS',
      'Expired invite url, Please contact super admin to get a new invite url',
    );
  }
  await tx.users.update(user.id, {
    passwordHash: account.passwordHash,
    displayName: account.displayName ?? user.displayName,
    status: 'active',
    tokenVersion: newTokenVersion(core),
    inviteTokenHash: null,
    inviteExpiresAt: null,
    updatedAt: now,
  });
  tx.invalidate('user', user.id);
}

async function createAccount(core: Core, tx: Transaction, account: NewAccount): Promise<string> {
  const first = (await tx.users.count()) === 0;
  if (!first && (await readInstanceSettings(core, tx)).inviteOnlySignup) {
    throw new AppError('BAD_CREDENTIALS', 'Not allowed to signup, contact super admin.');
  }
  const id = core.newId('user');
  await tx.users.insert({
    ...account,
    id,
    orgRole: first ? 'super' : 'viewer',
    status: 'active',
    tokenVersion: newTokenVersion(core),
    emailVerified: false,
    meta: null,
    avatar: null,
  });
  tx.invalidate('user', id);
  return id;
}

/**
 * Creates a user and signs in. The first one becomes super admin, also when
 * many try at once; later ones start as viewers. Throws INVALID_REQUEST_BODY
 * for a bad e-mail or password, BAD_CREDENTIALS when sign-up is by invitation
 * only, the invitation is wrong, or the e-mail is taken.
 */
export async function signUp(core: Core, caller: Caller, input: SignUp): Promise<SignedIn> {
  const email = parseEmail(input.email);
  checkNewPassword(core, input.password);
  if (email.includes('+')) {
    throw new AppError('BAD_CREDENTIALS', 'Email aliases with "+" are not allowed');
  }
  const address = addressKey(caller.address);
  await requireWithinLimit(core.limits, 'signUp', address, 'sign-ups from this address');
  const passwordHash = await core.passwords.hash(input.password);
  const account: NewAccount = { email, passwordHash, displayName: input.displayName };
  return core.transaction(async (tx) => {
    const known = await tx.users.findByEmail(email);
    if (known !== undefined) await acceptInvite(core, tx, known, account, input.inviteToken);
    const id = known?.id ?? (await createAccount(core, tx, account));
    const user = await tx.users.find(id);
    if (user === undefined) throw new Error('a user vanished while signing up');
    const signedIn = await openSession(core, tx, caller, user);
    await recordAudit(core, tx, caller, {
      action: known === undefined ? 'user.signUp' : 'user.acceptInvite',
      target: id,
      userId: id,
      sessionId: signedIn.session.id,
    });
    return signedIn;
  });
}
