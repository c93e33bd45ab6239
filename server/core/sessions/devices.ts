import { recordAudit } from '../audit/record.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Caller, Session } from '../model.ts';
import { endAllSessions, endSession } from './endSessions.ts';
import { requireSession } from './requireSession.ts';

/** The caller's own sessions that still live, newest first. */
export async function listSessions(core: Core, caller: Caller): Promise<Session[]> {
  const { user } = requireSession(caller);
  const now = core.clock().getTime();
  const sessions = await core.stores.sessions.listOfUser(user.id);
  return sessions.filter((session) => session.hardUntil > now);
}

/** Ends one of the caller's own sessions. Throws GENERIC_NOT_FOUND for any other. */
export async function revokeSession(core: Core, caller: Caller, id: string): Promise<void> {
  const { user } = requireSession(caller);
  await core.transaction(async (tx) => {
    const session = await tx.sessions.find(id);
    if (session === undefined || session.userId !== user.id || session.revokedAt !== null) {
      throw new AppError('GENERIC_NOT_FOUND', 'Session not found');
    }
    await endSession(core, tx, id, 'revoked');
    await recordAudit(core, tx, caller, { action: 'session.revoke', target: id });
  });
}

/** Ends every session of the caller but this one; answers how many. */
export async function revokeOtherSessions(core: Core, caller: Caller): Promise<number> {
  const { user, session } = requireSession(caller);
  return core.transaction(async (tx) => {
    const count = await endAllSessions(core, tx, user.id, 'revoked', session.id);
    await recordAudit(core, tx, caller, { action: 'session.revokeOthers', details: { count } });
    return count;
  });
}
