import { recordAudit } from '../audit/record.ts';
import type { Core } from '../context.ts';
import type { Caller } from '../model.ts';
import { parseEmail } from './email.ts';
import { checkNewPassword } from './passwordRules.ts';
import { newTokenVersion } from './secretLink.ts';

/**
 * Makes sure that the e-mail belongs to an active super admin, for starting an
 * instance unattended. An existing user keeps the password it has.
 */
export async function ensureAdmin(
  core: Core,
  caller: Caller,
  input: { email: string; password: string },
): Promise<void> {
  const email = parseEmail(input.email);
  const known = await core.stores.users.findByEmail(email);
  if (known?.orgRole === 'super' && known.status === 'active') return;
  checkNewPassword(core, input.password);
  const passwordHash = await core.passwords.hash(input.password);
  await core.transaction(async (tx) => {
    const user = await tx.users.findByEmail(email);
    const id = user?.id ?? core.newId('user');
    if (user === undefined) {
      await tx.users.insert({
        id,
        email,
        displayName: null,
        orgRole: 'super',
        status: 'active',
        tokenVersion: newTokenVersion(core),
        emailVerified: false,
        meta: null,
        avatar: null,
        passwordHash,
      });
    } else {
      const secrets = await tx.users.secrets(id);
      await tx.users.update(id, {
        orgRole: 'super',
        status: 'active',
        passwordHash: secrets?.passwordHash ?? passwordHash,
        updatedAt: core.clock().getTime(),
      });
    }
    tx.invalidate('user', id);
    await recordAudit(core, tx, caller, { action: 'user.ensureAdmin', target: id });
  });
}
