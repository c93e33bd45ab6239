import { atLeast, type BaseRole } from '../../../vocabulary/roles.ts';
import { roleInBase } from '../access.ts';
import { AppError } from '../errors.ts';
import type { BaseSummary, Caller, Member } from '../model.ts';

/** The caller's own role, as strong as anything they may give or take. */
export function ownRole(caller: Caller, base: BaseSummary): BaseRole {
  const { principal } = caller;
  if (principal.kind === 'anonymous') return 'no-access';
  return roleInBase(principal.user, base) ?? 'no-access';
}

/** Throws FORBIDDEN when the role is above the caller's own. */
export function requireWithinOwnRole(caller: Caller, base: BaseSummary, role: BaseRole): void {
  if (atLeast(ownRole(caller, base), role)) return;
  throw new AppError('FORBIDDEN', 'Forbidden - Insufficient privilege to invite with this role', { role });
}

/** Throws when nobody would own the base any more. */
export function requireAnotherOwner(base: BaseSummary, member: Member, act: string): void {
  if (member.role !== 'owner') return;
  const others = [...base.members.values()].some(
    (other) => other.role === 'owner' && other.userId !== member.userId,
  );
  if (!others) {
    throw new AppError(
      'UNPROCESSABLE',
      `The last owner of a base cannot be ${act}. Make another member owner first.`,
    );
  }
}
