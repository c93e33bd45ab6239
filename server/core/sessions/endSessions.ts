import type { Core } from '../context.ts';
import type { Transaction } from '../ports.ts';

/** Why a session ended; kept with it. */
export type EndReason =
  | 'signed-out'
  | 'revoked'
  | 'refresh-reused'
  | 'password-changed'
  | 'password-forgotten'
  | 'password-reset'
  | 'user-blocked';

/** Ends one session: its JWTs and its cookie are dead when the transaction resolves. */
export async function endSession(core: Core, tx: Transaction, id: string, reason: EndReason): Promise<void> {
  await tx.sessions.revoke(id, core.clock().getTime(), reason);
  tx.invalidate('session', id);
}

/** Ends every session of a user, but for `except`; answers how many. */
export async function endAllSessions(
  core: Core,
  tx: Transaction,
  userId: string,
  reason: EndReason,
  except?: string,
): Promise<number> {
  const ids = await tx.sessions.revokeAllOfUser(userId, core.clock().getTime(), reason, except);
  for (const id of ids) tx.invalidate('session', id);
  return ids.length;
}
