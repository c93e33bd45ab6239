import { recordAudit } from '../audit/record.ts';
import type { Core } from '../context.ts';
import type { Caller } from '../model.ts';

/**
 * Sends a mail when a mail server is set up. Nobody waits for it: the time of
 * an answer must not tell whether a mail was sent. A mail that could not be
 * sent is written to the audit.
 */
export function sendMail(
  core: Core,
  caller: Caller,
  mail: { to: string; subject: string; text: string },
): void {
  if (!core.mailer.configured) return;
  const recordFailure = (error: unknown): Promise<void> =>
    core.transaction((tx) =>
      recordAudit(core, tx, caller, {
        action: 'mail.failed',
        details: { subject: mail.subject, reason: error instanceof Error ? error.name : 'unknown' },
      }),
    );
  void core.mailer
    .send(mail)
    .catch(recordFailure)
    // The database is closing: neither the mail nor the note about it can be kept.
    .catch(() => undefined);
}
