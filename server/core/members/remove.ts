import { changeMembers } from '../bases/change.ts';
import type { Core } from '../context.ts';
import { AppError, notFound } from '../errors.ts';
import type { Base, Caller } from '../model.ts';
import { requireAnotherOwner, requireWithinOwnRole } from './roles.ts';

/**
 * Ends a membership; every credential of the user stops opening the base at
 * once. Throws USER_NOT_FOUND, FORBIDDEN, or UNPROCESSABLE for oneself and for
 * the last owner.
 */
export async function removeMember(core: Core, caller: Caller, base: Base, userId: string): Promise<void> {
  const { principal } = caller;
  if (principal.kind !== 'anonymous' && principal.user.id === userId) {
    throw new AppError('UNPROCESSABLE', "Admin can't delete themselves!");
  }
  await changeMembers(core, caller, base.id, async ({ tx, base: current, audit }) => {
    const member = current.members.get(userId);
    if (member === undefined) throw notFound('User', userId);
    requireWithinOwnRole(caller, current, member.role);
    requireAnotherOwner(current, member, 'removed');
    await tx.bases.removeMember(base.id, userId);
    await audit('member.remove', { target: userId, details: { role: member.role } });
  });
}
