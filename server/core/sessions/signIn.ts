import { recordAudit } from '../audit/record.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Caller, User } from '../model.ts';
import { normaliseEmail } from '../users/email.ts';
import { addressKey, requireWithinLimit } from './limits.ts';
import { openSession, type SignedIn } from './openSession.ts';

const wrong = (): AppError => new AppError('BAD_CREDENTIALS', 'Invalid credentials');

/** Longer ones cannot have been set; hashing them would only cost time. */
const longestPassword = 1024;

interface Proof {
  readonly user: User;
  /** A stronger form of a password that was stored long ago. */
  readonly rehashed: string | undefined;
}

async function provePassword(core: Core, email: string, password: string): Promise<Proof> {
  const user = await core.stores.users.findByEmail(email);
  const secrets = user === undefined ? undefined : await core.stores.users.secrets(user.id);
  const stored = secrets?.passwordHash ?? null;
  // Unknown users cost the same time as known ones.
  const right = await core.passwords.verify(password, stored);
  if (user?.status === 'invited' && stored === null) {
    throw new AppError(
      'BAD_CREDENTIALS',
      'If invited, sign up via the email link; otherwise, use forgot password or contact the super admin.',
    );
  }
  if (user === undefined || stored === null || !right || user.status !== 'active') throw wrong();
  const rehashed = core.passwords.needsRehash(stored) ? await core.passwords.hash(password) : undefined;
  return { user, rehashed };
}

/**
 * Opens a session for a user and password. The same answer after the same time
 * whether the e-mail is known or not. Throws BAD_CREDENTIALS and RATE_LIMITED
 * (attempts per address and per account; a success is not counted).
 */
export async function signIn(
  core: Core,
  caller: Caller,
  input: { email: string; password: string },
): Promise<SignedIn> {
  const email = normaliseEmail(input.email);
  if (input.password.length > longestPassword || email.length > longestPassword) throw wrong();
  const address = addressKey(caller.address);
  await requireWithinLimit(core.limits, 'signInAddress', address, 'sign-in attempts from this address');
  await requireWithinLimit(core.limits, 'signInAccount', email, 'sign-in attempts for this account');
  const { user, rehashed } = await provePassword(core, email, input.password);
  await core.limits.giveBack('signInAddress', address);
  await core.limits.giveBack('signInAccount', email);
  return core.transaction(async (tx) => {
    const current = await tx.users.find(user.id); // may have been blocked meanwhile
    if (current?.status !== 'active' || current.tokenVersion !== user.tokenVersion) throw wrong();
    if (rehashed !== undefined) await tx.users.update(user.id, { passwordHash: rehashed });
    const signedIn = await openSession(core, tx, caller, current);
    await recordAudit(core, tx, caller, {
      action: 'session.signIn',
      target: signedIn.session.id,
      userId: user.id,
      sessionId: signedIn.session.id,
    });
    return signedIn;
  });
}
