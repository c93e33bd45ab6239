import { recordAudit } from '../audit/record.ts';
import type { Core } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Caller, User } from '../model.ts';
import { invalidBody } from './invalidBody.ts';

export interface ProfileChange {
  readonly displayName?: string | null;
  readonly avatar?: string | null;
  readonly meta?: Readonly<Record<string, unknown>> | null;
}

/** Characters of JSON; room for the preferences of an interface. */
const metaLimit = 65_536;

/** Changes what the caller shows of itself. */
export async function updateProfile(core: Core, caller: Caller, change: ProfileChange): Promise<User> {
  const { principal } = caller;
  if (principal.kind === 'anonymous') {
    throw new AppError('AUTHENTICATION_REQUIRED', 'Authentication required - Invalid token');
  }
  if (JSON.stringify(change.meta ?? null).length > metaLimit) {
    const message = `must NOT have more than ${metaLimit} characters as JSON`;
    throw invalidBody('/meta', 'maxLength', { limit: metaLimit }, message);
  }
  const { id } = principal.user;
  return core.transaction(async (tx) => {
    await tx.users.update(id, { ...change, updatedAt: core.clock().getTime() });
    tx.invalidate('user', id);
    await recordAudit(core, tx, caller, {
      action: 'user.updateProfile',
      target: id,
      details: { members: Object.keys(change) },
    });
    const user = await tx.users.find(id);
    if (user === undefined)
      throw new AppError('AUTHENTICATION_REQUIRED', 'Authentication required - Invalid token');
    return user;
  });
}
