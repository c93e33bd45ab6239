import { mayInBase } from '../access.ts';
import type { Core } from '../context.ts';
import type { BaseSummary, Caller } from '../model.ts';

/**
 * The bases the caller may open, in the order that the user gave them, otherwise
 * in the one they have for everybody: those of a role, all for a super admin,
 * one for a token bound to a base.
 */
export async function listBases(core: Core, caller: Caller): Promise<BaseSummary[]> {
  const { principal } = caller;
  if (principal.kind === 'anonymous') return [];
  const bases = await core.stores.bases.list(
    principal.user.orgRole === 'super' ? undefined : principal.user.id,
  );
  return bases
    .filter((base) => mayInBase(principal, 'baseGet', base))
    .map((base) => ({ ...base, order: base.members.get(principal.user.id)?.order ?? base.order }))
    .sort((a, b) => a.order - b.order);
}
