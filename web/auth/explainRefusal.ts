import i18next from 'i18next';
import { explain } from '../ui/notify.ts';

/** Refusals that clients know by their words, in the language of the person. */
const known: readonly (readonly [start: string, key: string])[] = [
  ['Invalid credentials', 'auth.wrongCredentials'],
  ['Not allowed to signup', 'auth.closed'],
  ['User already exist', 'auth.emailTaken'],
  ['Invalid invite url', 'auth.badInvitation'],
  ['Expired invite url', 'auth.expiredInvitation'],
  ['Invalid reset url', 'auth.badResetLink'],
  ['Password reset url expired', 'auth.expiredResetLink'],
];

export function explainRefusal(error: unknown): string {
  const words = explain(error);
  const key = known.find(([start]) => words.startsWith(start))?.[1];
  return key === undefined ? words : i18next.t(key);
}
