import { atLeast, type BaseRole, isBaseRole } from '../../vocabulary/roles.ts';
import { useMe } from '../api/queries.ts';

/** Roles that people are given, strongest first, and the one that takes the base away. */
export { atLeast, type BaseRole, baseRoles } from '../../vocabulary/roles.ts';

/** The role of the signed-in person in a base; undefined while unknown. */
export function useOwnRole(baseId: string): BaseRole | undefined {
  const words = Object.keys(useMe(baseId).data?.base_roles ?? {});
  return words.find(isBaseRole);
}

/** Whether the signed-in person has at least this role; undefined while unknown. */
export function useHasRole(baseId: string, needed: BaseRole): boolean | undefined {
  const role = useOwnRole(baseId);
  return role === undefined ? undefined : atLeast(role, needed);
}
