import { create } from 'zustand';

/**
 * The auth token of this tab. It lives in memory only, never in the browser's
 * storage: after a reload the refresh cookie, which no script can read, gets a
 * new one.
 */
interface Session {
  readonly status: 'unknown' | 'signedOut' | 'signedIn';
  readonly jwt: string | null;
  signIn: (jwt: string) => void;
  signOut: () => void;
}

export const useSession = create<Session>((set) => ({
  status: 'unknown',
  jwt: null,
  signIn: (jwt) => set({ status: 'signedIn', jwt }),
  signOut: () => set({ status: 'signedOut', jwt: null }),
}));
