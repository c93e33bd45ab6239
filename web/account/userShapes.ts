import type { ListAnswer } from '../ui/useListPage.ts';

/** A user of the instance as super admins see them. */
export interface ListedUser {
  readonly id: string;
  readonly email: string;
  readonly display_name: string | null;
  /** A list of words with commas. */
  readonly roles: string;
  readonly status: 'active' | 'blocked' | 'invited';
  readonly projectsCount: number;
  readonly created_at: string;
}

export interface UsersAnswer extends ListAnswer {
  readonly list: readonly ListedUser[];
}

export const usersPath = '/api/v1/users';

/** Roles in the instance, as the wire takes them. */
export const instanceRoles = ['super', 'org-level-creator', 'org-level-viewer'] as const;
export type InstanceRole = (typeof instanceRoles)[number];

export function instanceRoleOf({ roles }: ListedUser): InstanceRole {
  const words = roles.split(',');
  return instanceRoles.find((role) => words.includes(role)) ?? 'org-level-viewer';
}
