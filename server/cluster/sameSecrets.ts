import { createHash } from 'node:crypto';
import type { RunTransaction, SettingStore } from '../core/ports.ts';

const settingKey = 'secrets_fingerprint';

/**
 * Instances on one database must sign with the same secret, or a sign-in at one
 * is refused by the next. Throws an Error for people at start-up when other
 * instances live and sign with another one.
 * @returns whether the secret was replaced since the last start
 */
export async function requireSameSecrets(parts: {
  readonly jwtSecret: string;
  readonly settings: SettingStore;
  readonly run: RunTransaction;
  readonly hasOthers: () => boolean;
}): Promise<boolean> {
  const fingerprint = createHash('sha256').update(`rowgate fingerprint ${parts.jwtSecret}`).digest('hex');
  const kept = await parts.settings.get(settingKey);
  if (kept === fingerprint) return false;
  if (kept !== undefined && parts.hasOthers()) {
    throw new Error(
      'Another instance on this database signs auth tokens with another secret, so people would be signed out at ' +
        'every other request. Give all instances the same NC_AUTH_JWT_SECRET and ROWGATE_TOKEN_KEYS.',
    );
  }
  await parts.run((tx) => tx.settings.set(settingKey, fingerprint));
  return kept !== undefined;
}
