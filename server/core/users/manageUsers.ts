import type { OrgRole } from '../../../vocabulary/roles.ts';
import { recordAudit } from '../audit/record.ts';
import type { Core } from '../context.ts';
import { AppError, notFound } from '../errors.ts';
import { plainChange } from '../events/change.ts';
import type { Caller, User } from '../model.ts';
import type { Transaction, UserStore } from '../ports.ts';
import { endAllSessions } from '../sessions/endSessions.ts';

export interface ListedUser {
  readonly user: User;
  readonly baseCount: number;
}

/** Users of the instance, with the number of bases each is a member of. */
export async function listUsers(
  core: Core,
  query: { search?: string; limit: number; offset: number },
): Promise<{ users: ListedUser[]; total: number }> {
  const { users, total } = await core.stores.users.list(query);
  const counts = new Map<string, number>();
  for (const base of await core.stores.bases.list()) {
    for (const id of base.members.keys()) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return { users: users.map((user) => ({ user, baseCount: counts.get(user.id) ?? 0 })), total };
}

/** One user with the number of its bases. Throws USER_NOT_FOUND. */
export async function describeUser(core: Core, id: string): Promise<ListedUser> {
  const user = await requireUser(core.stores.users, id);
  return { user, baseCount: (await core.stores.bases.list(id)).length };
}

async function requireUser(users: UserStore, id: string): Promise<User> {
  const user = await users.find(id);
  if (user === undefined) throw notFound('User', id);
  return user;
}

const isActiveAdmin = (user: User): boolean => user.orgRole === 'super' && user.status === 'active';

const pageOfUsers = 500;

/** Throws unless somebody else can still administer the instance. */
async function requireAnotherAdmin(users: UserStore, user: User, act: string): Promise<void> {
  if (!isActiveAdmin(user)) return;
  for (let offset = 0; ; offset += pageOfUsers) {
    const page = await users.list({ limit: pageOfUsers, offset });
    if (page.users.some((other) => other.id !== user.id && isActiveAdmin(other))) return;
    if (page.users.length < pageOfUsers) break;
  }
  throw new AppError(
    'UNPROCESSABLE',
    `The last super admin cannot be ${act}. Make another user super admin first.`,
  );
}

export interface UserChange {
  readonly orgRole?: OrgRole;
  readonly status?: 'active' | 'blocked';
}

async function changeRole(
  core: Core,
  tx: Transaction,
  caller: Caller,
  user: User,
  orgRole: OrgRole,
): Promise<void> {
  if (orgRole !== 'super') await requireAnotherAdmin(tx.users, user, 'demoted');
  await tx.users.update(user.id, { orgRole, updatedAt: core.clock().getTime() });
  await recordAudit(core, tx, caller, {
    action: 'user.changeRole',
    target: user.id,
    details: { from: user.orgRole, to: orgRole },
  });
}

async function changeStatus(
  core: Core,
  tx: Transaction,
  caller: Caller,
  user: User,
  status: 'active' | 'blocked',
): Promise<void> {
  if (status === 'blocked') {
    await requireAnotherAdmin(tx.users, user, 'blocked');
    await endAllSessions(core, tx, user.id, 'user-blocked');
  }
  const secrets = await tx.users.secrets(user.id);
  const next = status === 'active' && secrets?.passwordHash === null ? 'invited' : status;
  await tx.users.update(user.id, { status: next, updatedAt: core.clock().getTime() });
  await recordAudit(core, tx, caller, {
    action: status === 'blocked' ? 'user.block' : 'user.unblock',
    target: user.id,
  });
}

/**
 * Changes the instance role of a user, blocks or unblocks; it counts from the
 * next request on. Blocked: no credential of theirs is accepted. Unblocked: API
 * tokens work again, sessions do not. Throws UNPROCESSABLE for the last admin.
 */
export async function updateUser(core: Core, caller: Caller, id: string, change: UserChange): Promise<void> {
  await core.transaction(async (tx) => {
    const user = await requireUser(tx.users, id);
    tx.invalidate('user', id);
    if (change.orgRole !== undefined) await changeRole(core, tx, caller, user, change.orgRole);
    if (change.status !== undefined) {
      await changeStatus(core, tx, caller, await requireUser(tx.users, id), change.status);
    }
  });
}

/** What knows the user must forget it: bases, sessions, tokens. */
async function invalidateTraces(tx: Transaction, id: string): Promise<void> {
  for (const base of await tx.bases.list(id)) tx.invalidate('base', base.id, plainChange('members'));
  for (const session of await tx.sessions.listOfUser(id)) tx.invalidate('session', session.id);
  for (const token of (await tx.tokens.list({ userId: id })).tokens) tx.invalidate('token', token.hash);
  tx.invalidate('user', id);
}

/** Removes a user with every session, token and membership; all are dead when this resolves. */
export async function deleteUser(core: Core, caller: Caller, id: string): Promise<void> {
  await core.transaction(async (tx) => {
    const user = await requireUser(tx.users, id);
    await requireAnotherAdmin(tx.users, user, 'deleted');
    await invalidateTraces(tx, id);
    await tx.users.delete(id);
    await recordAudit(core, tx, caller, {
      action: 'user.delete',
      target: id,
      details: { email: user.email },
    });
  });
}
