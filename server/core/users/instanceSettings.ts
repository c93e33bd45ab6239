import { recordAudit } from '../audit/record.ts';
import type { Core } from '../context.ts';
import type { Caller } from '../model.ts';
import type { Stores } from '../ports.ts';

/** What admins may change while the instance runs; what was never changed comes from the environment. */
export interface InstanceSettings {
  readonly inviteOnlySignup: boolean;
  /** Account tokens a user may have; 0: no limit. */
  readonly tokensPerUser: number;
}

const keys = { inviteOnlySignup: 'invite_only_signup', tokensPerUser: 'tokens_per_user' } as const;

export async function readInstanceSettings(
  core: Pick<Core, 'settings'>,
  stores: Pick<Stores, 'settings'>,
): Promise<InstanceSettings> {
  const inviteOnly = await stores.settings.get(keys.inviteOnlySignup);
  const tokens = await stores.settings.get(keys.tokensPerUser);
  return {
    inviteOnlySignup: inviteOnly === undefined ? core.settings.inviteOnlySignup : inviteOnly === 'true',
    tokensPerUser: tokens === undefined ? core.settings.tokensPerUser : Number(tokens),
  };
}

/** Keeps the given ones; they outlive restarts and override the environment. */
export async function saveInstanceSettings(
  core: Core,
  caller: Caller,
  change: Partial<InstanceSettings>,
): Promise<void> {
  await core.transaction(async (tx) => {
    if (change.inviteOnlySignup !== undefined) {
      await tx.settings.set(keys.inviteOnlySignup, String(change.inviteOnlySignup));
    }
    if (change.tokensPerUser !== undefined) {
      await tx.settings.set(keys.tokensPerUser, String(change.tokensPerUser));
    }
    tx.invalidate('settings', '');
    await recordAudit(core, tx, caller, { action: 'settings.change', details: { ...change } });
  });
}
