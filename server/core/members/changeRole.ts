import type { BaseRole } from '../../../vocabulary/roles.ts';
import { changeMembers } from '../bases/change.ts';
import type { Core } from '../context.ts';
import { notFound } from '../errors.ts';
import type { Base, Caller } from '../model.ts';
import { requireAnotherOwner, requireWithinOwnRole } from './roles.ts';

/**
 * Changes a member's role; it counts from the next request on. Neither the old
 * nor the new role may be above the caller's own. Throws USER_NOT_FOUND,
 * FORBIDDEN, or UNPROCESSABLE for the last owner.
 */
export async function changeMemberRole(
  core: Core,
  caller: Caller,
  base: Base,
  userId: string,
  role: BaseRole,
): Promise<void> {
  await changeMembers(core, caller, base.id, async ({ tx, base: current, audit }) => {
    const member = current.members.get(userId);
    if (member === undefined) throw notFound('User', userId);
    requireWithinOwnRole(caller, current, member.role);
    requireWithinOwnRole(caller, current, role);
    if (role !== 'owner') requireAnotherOwner(current, member, 'demoted');
    await tx.bases.setMember(base.id, { ...member, role });
    await audit('member.changeRole', { target: userId, details: { from: member.role, to: role } });
  });
}
