import { useLocation } from 'wouter';
import { useSession } from '../api/session.ts';

const ownPages = /^\/(?:signin|signup|forgot|reset)(?:\/|$)/;

/** Whether an address is one of the pages for people who are not signed in. */
export const isAuthAddress = (address: string): boolean => ownPages.test(address);

let wanted = '/';

/** Remembers where somebody was going when asked to sign in. */
export function rememberWanted(address: string): void {
  if (!isAuthAddress(address)) wanted = address;
}

/** Forgets it: after signing out one starts anew. */
export function forgetWanted(): void {
  wanted = '/';
}

/** Signs in and goes where the person wanted to go. */
export function useEnter(): (jwt: string) => void {
  const [, navigate] = useLocation();
  return (jwt) => {
    const target = wanted;
    forgetWanted();
    navigate(target, { replace: true });
    useSession.getState().signIn(jwt);
  };
}
