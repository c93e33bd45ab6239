import { invalidBody } from './invalidBody.ts';

const form = /^[^\s@<>()[\],;:\\"\p{C}]+@[^\s@<>()[\],;:\\"\p{C}]+$/u;

/** RFC 5321: 64 characters, @, 189 that fit into a path. */
const longest = 254;

/** E-mail addresses are compared in lower case. */
export const normaliseEmail = (email: string): string => email.trim().toLowerCase();

export const isEmail = (email: string): boolean => email.length <= longest && form.test(email);

/** The address in lower case. Throws INVALID_REQUEST_BODY when it cannot be one. */
export function parseEmail(text: string): string {
  const email = normaliseEmail(text);
  if (!isEmail(email))
    throw invalidBody('/email', 'format', { format: 'email' }, 'must match format "email"');
  return email;
}
