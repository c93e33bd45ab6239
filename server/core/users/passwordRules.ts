import type { Core } from '../context.ts';
import { invalidBody } from './invalidBody.ts';

/** Characters; the wire's limit. */
export const passwordMaxLength = 128;

/** Throws INVALID_REQUEST_BODY naming `member` unless the length is allowed. Every character is. */
export function checkNewPassword(core: Pick<Core, 'settings'>, password: string, member = 'password'): void {
  const length = [...password].length;
  const shortest = core.settings.passwordMinLength;
  if (length < shortest) {
    const message = `must NOT have fewer than ${shortest} characters`;
    throw invalidBody(`/${member}`, 'minLength', { limit: shortest }, message);
  }
  if (length > passwordMaxLength) {
    const message = `must NOT have more than ${passwordMaxLength} characters`;
    throw invalidBody(`/${member}`, 'maxLength', { limit: passwordMaxLength }, message);
  }
}
