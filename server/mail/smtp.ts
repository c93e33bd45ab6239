import type { Transporter } from 'nodemailer';
import { AppError } from '../core/errors.ts';
import type { Mailer } from '../core/ports.ts';

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (port 465); otherwise STARTTLS when the server offers it. */
  readonly secure: boolean;
  readonly from: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

/** A server that says nothing must not hold a request: milliseconds for connecting, greeting, each reply. */
const timeout = 10_000;

async function connect({ host, port, secure, user, password }: SmtpSettings): Promise<Transporter> {
  const { createTransport } = await import('nodemailer'); // 80 ms of loading that most instances never need
  const auth = user === undefined ? {} : { auth: { user, pass: password ?? '' } };
  const timeouts = { connectionTimeout: timeout, greetingTimeout: timeout, socketTimeout: timeout };
  return createTransport({
    host,
    port,
    secure,
    ...auth,
    ...timeouts,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** Sends mail through an SMTP server; without settings it sends nothing and says so. */
export function createMailer(settings: SmtpSettings | undefined): Mailer {
  if (settings === undefined) return { configured: false, send: async () => undefined };
  let transport: Promise<Transporter> | undefined;
  return {
    configured: true,
    async send({ to, subject, text }) {
      transport ??= connect(settings);
      try {
        // an address object is never split at commas: one recipient, whatever the text holds
        await (await transport).sendMail({
          from: settings.from,
          to: { name: '', address: to },
          subject,
          text,
        });
      } catch (cause) {
        const message = 'The mail server did not take the message. Try again later or ask the administrator.';
        throw new AppError('UNAVAILABLE', message, undefined, cause);
      }
    },
  };
}
