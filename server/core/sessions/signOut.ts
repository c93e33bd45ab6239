import { recordAudit } from '../audit/record.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Caller } from '../model.ts';
import { endSession } from './endSessions.ts';
import { requireSession } from './requireSession.ts';

/**
 * Ends the session that calls: its JWTs and its cookie are dead before this
 * resolves, other devices stay signed in. Throws FORBIDDEN for anonymous and
 * API_TOKEN_NOT_ALLOWED for tokens.
 */
export async function signOut(core: Core, caller: Caller): Promise<void> {
  if (caller.principal.kind === 'anonymous') throw new AppError('FORBIDDEN', 'Forbidden - Not allowed');
  const { session } = requireSession(caller);
  await core.transaction(async (tx) => {
    await endSession(core, tx, session.id, 'signed-out');
    await recordAudit(core, tx, caller, { action: 'session.signOut', target: session.id });
  });
}
