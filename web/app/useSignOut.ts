import { useLocation } from 'wouter';
import { ApiError, request } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { forgetWanted } from '../auth/useEnter.ts';
import { notifyError } from '../ui/notify.ts';

/**
 * Ends the session here and on the server; a session that is over already counts
 * as ended. `stay` keeps the address, for pages that are for both.
 */
export function useSignOut({ stay = false } = {}): () => Promise<void> {
  const [, navigate] = useLocation();
  return async () => {
    try {
      await request('POST', '/api/v2/auth/user/signout');
    } catch (error) {
      if (!(error instanceof ApiError)) return notifyError(error);
    }
    useSession.getState().signOut();
    if (!stay) navigate('/signin');
    forgetWanted();
  };
}
