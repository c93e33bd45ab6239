import type { Core } from '../context.ts';
import type { Base, Caller, Member, User } from '../model.ts';

export interface ListedMember {
  readonly user: User;
  /** undefined: not a member. */
  readonly member: Member | undefined;
}

export interface MemberQuery {
  /** Part of an e-mail address or name. */
  readonly search?: string | undefined;
  /** Leaves out, for super admins too, who has no role in the base. */
  readonly membersOnly?: boolean;
  readonly limit: number;
  readonly offset: number;
}

/**
 * People and their roles in a base, oldest membership first. A super admin sees
 * every user of the instance unless asked for members only; anyone else sees the
 * members and nobody else.
 */
export async function listMembers(
  core: Core,
  caller: Caller,
  base: Base,
  query: MemberQuery,
): Promise<{ members: ListedMember[]; total: number }> {
  const { limit, offset, search, membersOnly = false } = query;
  const { principal } = caller;
  if (!membersOnly && principal.kind === 'session' && principal.user.orgRole === 'super') {
    const { users, total } = await core.stores.users.list({ limit, offset, ...(search ? { search } : {}) });
    return { members: users.map((user) => ({ user, member: base.members.get(user.id) })), total };
  }
  const users = new Map(
    (await core.stores.users.findMany([...base.members.keys()])).map((user) => [user.id, user]),
  );
  const found = [...base.members.values()].flatMap((member) => {
    const user = users.get(member.userId);
    return user !== undefined && matches(user, search) ? [{ user, member }] : [];
  });
  return { members: found.slice(offset, offset + limit), total: found.length };
}

function matches(user: User, search: string | undefined): boolean {
  if (!search) return true;
  const wanted = search.toLowerCase();
  return user.email.includes(wanted) || (user.displayName?.toLowerCase().includes(wanted) ?? false);
}
