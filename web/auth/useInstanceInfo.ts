import { useQuery } from '@tanstack/react-query';
import { request } from '../api/client.ts';

export interface InstanceInfo {
  /** Nobody has an account yet. */
  readonly firstUser: boolean;
  readonly inviteOnlySignup: boolean;
  /** Fewest characters of a password. */
  readonly passwordMinLength: number;
}

export const infoKey = ['instanceInfo'] as const;

/** What the instance tells anybody. */
export function useInstanceInfo() {
  return useQuery({
    queryKey: infoKey,
    queryFn: () => request<InstanceInfo>('GET', '/api/v2/meta/nocodb/info'),
  });
}
