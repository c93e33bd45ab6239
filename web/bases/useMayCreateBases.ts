import { useMe } from '../api/queries.ts';

/** Whether the signed-in user may create bases; false while unknown. */
export function useMayCreateBases(): boolean {
  const roles = useMe().data?.roles;
  return roles?.super === true || roles?.['org-level-creator'] === true;
}
