import type { Stores } from '../../core/ports.ts';
import type { Dialect, Execute } from '../engine.ts';
import { createAuditStore } from './audit.ts';
import { createBaseStore } from './bases.ts';
import { createMeta } from './builder.ts';
import { createJobStore } from './jobs.ts';
import { createSessionStore } from './sessions.ts';
import { createSettingStore } from './settings.ts';
import { createTokenStore } from './tokens.ts';
import { createUserStore } from './users.ts';

/**
 * The stores over one way to run statements: a transaction's, or the
 * database's own, which must read committed data only.
 */
export function createStores(
  execute: Execute,
  dialect: Pick<Dialect, 'name'>,
  now: () => number = Date.now,
): Stores {
  const meta = createMeta(execute, dialect.name);
  return {
    users: createUserStore(meta, now),
    sessions: createSessionStore(meta),
    tokens: createTokenStore(meta),
    bases: createBaseStore(meta),
    settings: createSettingStore(meta),
    audit: createAuditStore(meta),
    jobs: createJobStore(meta),
  };
}
