import { changeMembers } from '../bases/change.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Base, Caller } from '../model.ts';

/** How a base stands in its member's own list. */
export interface MemberPreferences {
  readonly starred?: boolean | undefined;
  readonly hidden?: boolean | undefined;
  readonly order?: number | null | undefined;
}

/** Keeps the caller's own preferences. Throws UNPROCESSABLE for who is not a member (a super admin may be none). */
export async function setMemberPreferences(
  core: Core,
  caller: Caller,
  base: Base,
  { starred, hidden, order }: MemberPreferences,
): Promise<void> {
  await changeMembers(core, caller, base.id, async ({ tx, base: current }) => {
    const { principal } = caller;
    const member = principal.kind === 'anonymous' ? undefined : current.members.get(principal.user.id);
    if (member === undefined) {
      throw new AppError(
        'UNPROCESSABLE',
        'Only members of a base can star, hide or order it: have yourself invited',
      );
    }
    await tx.bases.setMember(base.id, {
      ...member,
      ...(starred !== undefined && { starred }),
      ...(hidden !== undefined && { hidden }),
      ...(order !== undefined && { order }),
    });
  });
}
