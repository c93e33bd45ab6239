import { useQuery } from '@tanstack/react-query';
import { request } from '../api/client.ts';
import type { Person } from './field.ts';

interface Member extends Person {
  readonly roles: string | null;
}

const none: readonly Person[] = [];

/** The members of a base: whom its user cells may name. */
export function useMembers(baseId: string, wanted: boolean): readonly Person[] {
  const people = useQuery({
    queryKey: ['people', baseId],
    queryFn: async () =>
      (
        await request<{ users: { list: Member[] } }>('GET', `/api/v2/meta/bases/${baseId}/users`, {
          query: { limit: 1000 },
        })
      ).users.list,
    select: membersOnly,
    staleTime: 60_000,
    enabled: wanted,
  });
  return people.data ?? none;
}

/** A super admin sees everybody; only members can be named. */
const membersOnly = (list: readonly Member[]): readonly Person[] =>
  list.filter((person) => person.roles !== null);
