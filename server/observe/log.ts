import { type DestinationStream, type Logger, pino } from 'pino';
import type { RequestReport } from '../api/serve.ts';

/** What must never be read in a log, wherever it stands in a logged object. */
const secretPaths = ['password', 'token', 'secret', 'authorization', 'cookie', 'xc-token', 'xc-auth'].flatMap(
  (name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`],
);

const tokenShape = /\brg[a-z]_[A-Za-z0-9]{36}\b|\beyJ[\w-]+\.[\w-]+\.[\w-]+/g;

/** Removes what looks like a credential from a text on its way to the log. */
export const maskCredentials = (text: string): string => text.replace(tokenShape, '[redacted]');

function describeError(error: Error, depth = 0): Record<string, unknown> {
  return {
    type: error.name,
    message: maskCredentials(error.message),
    stack: maskCredentials(error.stack ?? ''),
    ...(error.cause instanceof Error && depth < 5 ? { cause: describeError(error.cause, depth + 1) } : {}),
  };
}

/** A JSON line a record; credentials are masked wherever they hide. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secretPaths, censor: '[redacted]' },
    serializers: { err: (error: unknown) => (error instanceof Error ? describeError(error) : error) },
  };
  // Standard output belongs to the command; lines are written at once so that none is lost at the end.
  return pino(options, destination ?? pino.destination({ fd: 2, sync: true }));
}

/**
 * One line a request: failures of ours as errors, refusals as information,
 * everything else only when debugging, so that logging costs the hot path nothing.
 */
export function logRequest(log: Logger, report: RequestReport): void {
  const { error, path, milliseconds, ...rest } = report;
  const line = { ...rest, path: maskCredentials(path), milliseconds: Math.round(milliseconds * 100) / 100 };
  if (report.status >= 500) log.error({ ...line, err: error }, 'request failed');
  else if (report.status >= 400) log.info({ ...line, reason: reasonOf(error) }, 'request refused');
  else log.debug(line, 'request');
}

const reasonOf = (error: unknown): string | undefined => (error as { code?: string } | undefined)?.code;
