import type { Core } from '../context.ts';
import { notFound } from '../errors.ts';
import type { Base, Caller } from '../model.ts';
import { resendInvite } from '../users/inviteUser.ts';

/** Mails a member a new invitation, which replaces the one before. Throws USER_NOT_FOUND or BAD_REQUEST. */
export async function resendMemberInvite(
  core: Core,
  caller: Caller,
  base: Base,
  userId: string,
): Promise<void> {
  if (!base.members.has(userId)) throw notFound('User', userId);
  await resendInvite(core, caller, userId);
}
