import { Type } from 'typebox';
import { baseRoles, orgRoleWords } from '../../../vocabulary/roles.ts';
import type { ListedMember } from '../../core/members/list.ts';
import { formatInstant } from './instants.ts';
import { instant, meta, nullable, optionalText, text, unused } from './metaSchemas.ts';

export const roleWord = Type.Union(baseRoles.map((role) => Type.Literal(role)));

export const memberSchema = Type.Object({
  id: text,
  email: text,
  display_name: optionalText,
  invite_token: unused,
  main_roles: text,
  created_at: instant,
  meta,
  base_id: text,
  roles: nullable(roleWord),
});

/** A person and their role in a base; invitations are secrets and never listed. */
export const memberRow = (baseId: string, { user, member }: ListedMember) => ({
  id: user.id,
  email: user.email,
  display_name: user.displayName,
  invite_token: null,
  main_roles: orgRoleWords[user.orgRole],
  created_at: formatInstant(user.createdAt),
  meta: user.meta,
  base_id: baseId,
  roles: member?.role ?? null,
});
