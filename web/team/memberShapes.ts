import type { ListAnswer } from '../ui/useListPage.ts';
import type { BaseRole } from './roles.ts';

export interface ListedMember {
  readonly id: string;
  readonly email: string;
  readonly display_name: string | null;
  readonly roles: BaseRole;
}

export interface MembersAnswer extends ListAnswer {
  readonly list: readonly ListedMember[];
}

export const membersPath = (baseId: string): string => `/api/v2/meta/bases/${baseId}/users`;
