import type { Core } from '../context.ts';
import type { Caller } from '../model.ts';
import type { Stores } from '../ports.ts';

/** What happened; never holds a secret. */
export interface AuditEvent {
  readonly action: string; // noun.verb, e.g. 'token.create'
  /** Id of the thing acted upon. */
  readonly target?: string | number;
  readonly baseId?: string;
  readonly tableId?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** Who did it, when the credential does not say so yet: sign-up, sign-in, reset. */
  readonly userId?: string;
  readonly sessionId?: string;
}

/** Writes down who did what, from where, in the transaction that does it. */
export function recordAudit(
  core: Pick<Core, 'clock'>,
  stores: Pick<Stores, 'audit'>,
  caller: Caller,
  event: AuditEvent,
): Promise<void> {
  const { principal } = caller;
  return stores.audit.add({
    at: core.clock().getTime(),
    action: event.action,
    userId: event.userId ?? (principal.kind === 'anonymous' ? null : principal.user.id),
    tokenId: principal.kind === 'token' ? principal.token.id : null,
    sessionId: event.sessionId ?? (principal.kind === 'session' ? principal.session.id : null),
    baseId: event.baseId ?? null,
    tableId: event.tableId ?? null,
    target: event.target === undefined ? null : String(event.target),
    details: event.details ?? null,
    address: caller.address,
    agent: caller.agent,
    requestId: caller.requestId,
  });
}
