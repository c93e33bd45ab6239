import { Type } from 'typebox';
import { orgRoleWords } from '../../../vocabulary/roles.ts';
import { roleInBase } from '../../core/access.ts';
import type { BaseSummary, Principal, User } from '../../core/model.ts';
import { roleFlags } from '../../core/sessions/openSession.ts';
import type { ListedUser } from '../../core/users/manageUsers.ts';
import { formatInstant } from './instants.ts';

/** How the wire shows people. Never a hash, never a salt. */

const text = Type.String();
const textOrNull = Type.Union([Type.String(), Type.Null()]);
const flags = Type.Record(Type.String(), Type.Boolean());
const flagsOrNull = Type.Union([flags, Type.Null()]);
const metaOrNull = Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]);

/** Instance roles as the comma list of user rows. */
export const roleList = (user: User): string =>
  user.orgRole === 'super' ? `${orgRoleWords.creator},${orgRoleWords.super}` : orgRoleWords[user.orgRole];

export const profileSchema = Type.Object({
  id: text,
  email: text,
  email_verified: Type.Boolean(),
  roles: Type.Union([text, flags]),
  blocked: Type.Boolean(),
  display_name: textOrNull,
  avatar: textOrNull,
  meta: metaOrNull,
  is_new_user: Type.Boolean(),
  created_at: text,
  updated_at: text,
});

/** The row of a user, to itself and to admins. */
export function profileRow(user: User): Record<string, unknown> {
  return {
    id: user.id,
    email: user.email,
    email_verified: user.emailVerified,
    roles: roleList(user),
    blocked: user.status === 'blocked',
    display_name: user.displayName,
    avatar: user.avatar,
    meta: user.meta,
    is_new_user: false,
    created_at: formatInstant(user.createdAt),
    updated_at: formatInstant(user.updatedAt),
  };
}

export const listedUserSchema = Type.Object({
  ...profileSchema.properties,
  status: Type.Union([Type.Literal('active'), Type.Literal('blocked'), Type.Literal('invited')]),
  invite_token: Type.Null({
    description: 'Only its hash is kept; it is told once, when the user is invited.',
  }),
  projectsCount: Type.Integer(),
});

export const listedUserRow = ({ user, baseCount }: ListedUser): Record<string, unknown> => ({
  ...profileRow(user),
  status: user.status,
  invite_token: null,
  projectsCount: baseCount,
});

export const meSchema = Type.Object({
  id: Type.Optional(text),
  email: Type.Optional(text),
  display_name: Type.Optional(textOrNull),
  roles: flags,
  base_roles: flagsOrNull,
  workspace_roles: flagsOrNull,
  isAuthorized: Type.Optional(Type.Literal(true)),
  is_api_token: Type.Optional(Type.Literal(true)),
});

/** Who the caller is; `base` adds its roles there. */
export function meBody(principal: Principal, base: BaseSummary | undefined): Record<string, unknown> {
  if (principal.kind === 'anonymous')
    return { roles: { guest: true }, workspace_roles: null, base_roles: null };
  const { user } = principal;
  const role = base === undefined ? undefined : roleInBase(user, base);
  const shared = {
    id: user.id,
    email: user.email,
    display_name: user.displayName,
    roles: roleFlags(user),
    base_roles: role === undefined ? null : { [role]: true },
    is_new_user: false,
    isAuthorized: true,
    workspace_roles: null,
  };
  if (principal.kind === 'token') return { is_api_token: true, ...shared };
  return {
    ...shared,
    email_verified: user.emailVerified,
    token_version: user.tokenVersion,
    blocked: false,
    blocked_reason: null,
    deleted_at: null,
    is_deleted: false,
    meta: user.meta,
    user_name: null,
    bio: null,
    location: null,
    website: null,
    avatar: user.avatar,
    canonical_email: user.email,
  };
}
