import { atLeast, type BaseRole, type OrgRole, orgRoles } from '../../vocabulary/roles.ts';
import {
  type BaseVerb,
  baseVerbs,
  type InstanceVerb,
  instanceVerbs,
  type Verb,
} from '../../vocabulary/verbs.ts';
import { AppError, notFound } from './errors.ts';
import type { BaseSummary, Principal, User, View } from './model.ts';

/**
 * The one place that decides. Deny by default: a right exists only where a
 * verb names it, and a credential holds it only where its owner holds it now.
 */

const refusalPhrase: Partial<Record<Verb, string>> = {
  dataInsert: 'insert new data',
  dataUpdate: 'update data',
  dataDelete: 'delete data',
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function refuse(verb: Verb, roles: readonly string[]): AppError {
  const phrase = refusalPhrase[verb] ?? `perform the action "${verb}"`;
  return new AppError(
    'FORBIDDEN',
    `Forbidden - You do not have permission to ${phrase} with the roles: ${roles.map(capital).join(', ')}.`,
    { missing: verb },
  );
}

/** The role of a user in a base; super admins own every base. undefined: none. */
export function roleInBase(user: User, base: Pick<BaseSummary, 'members'>): BaseRole | undefined {
  if (user.orgRole === 'super') return 'owner';
  return base.members.get(user.id)?.role;
}

function requireUser(principal: Principal): User {
  if (principal.kind === 'anonymous') {
    throw new AppError('AUTHENTICATION_REQUIRED', 'Authentication required - Invalid token');
  }
  return principal.user;
}

/** Throws unless the principal may use an instance-wide verb. */
export function requireInstanceRight(principal: Principal, verb: InstanceVerb): void {
  const user = requireUser(principal);
  if (principal.kind === 'token' && principal.token.baseId !== null && verb !== 'baseList' && verb !== 'me') {
    throw new AppError(
      'FORBIDDEN',
      'Forbidden - This API token is bound to one base and opens nothing else.',
      {
        missing: verb,
      },
    );
  }
  const needed: OrgRole = instanceVerbs[verb];
  if (orgRoles.indexOf(user.orgRole) > orgRoles.indexOf(needed)) throw refuse(verb, []);
}

/**
 * Throws unless the principal may use a verb in the base. A token bound to
 * another base learns nothing of this one: not found, like an unknown id.
 */
export function requireBaseRight(principal: Principal, verb: BaseVerb, base: BaseSummary): void {
  const user = requireUser(principal);
  if (principal.kind === 'token' && principal.token.baseId !== null && principal.token.baseId !== base.id) {
    throw notFound('Base', base.id);
  }
  const role = roleInBase(user, base);
  if (role === undefined || role === 'no-access') {
    throw new AppError('FORBIDDEN', 'Forbidden - Unauthorized access', { missing: verb });
  }
  if (!atLeast(role, baseVerbs[verb])) throw refuse(verb, [role]);
}

/**
 * Throws unless the principal may change this view: a personal one takes its
 * owner, any other a creator. What the view's lock says is not looked at.
 */
export function requireViewRight(
  principal: Principal,
  verb: BaseVerb,
  base: BaseSummary,
  view: Pick<View, 'title' | 'lockType' | 'ownerId'>,
): void {
  requireBaseRight(principal, verb, base);
  const user = requireUser(principal);
  const role = roleInBase(user, base) ?? 'no-access';
  if (view.lockType === 'personal') {
    if (view.ownerId === user.id) return;
    throw new AppError(
      'FORBIDDEN',
      `Forbidden - View '${view.title}' is the personal view of somebody else: make a view of your own, or ask a creator to make it collaborative.`,
      { missing: verb },
    );
  }
  if (!atLeast(role, 'creator')) throw refuse(verb, [role]);
}

/** Whether the principal is a creator of the base, or stronger. */
export function isCreator(principal: Principal, base: BaseSummary): boolean {
  return (
    principal.kind !== 'anonymous' && atLeast(roleInBase(principal.user, base) ?? 'no-access', 'creator')
  );
}

/** Whether the principal may use the verb in the base. */
export function mayInBase(principal: Principal, verb: BaseVerb, base: BaseSummary): boolean {
  if (principal.kind === 'anonymous') return false;
  if (principal.kind === 'token' && principal.token.baseId !== null && principal.token.baseId !== base.id)
    return false;
  const role = roleInBase(principal.user, base);
  return role !== undefined && atLeast(role, baseVerbs[verb]);
}
