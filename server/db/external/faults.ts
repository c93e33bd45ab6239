import { AppError } from '../../core/errors.ts';
import type { ForeignFault } from './engine.ts';

/** Errors of connected databases as answers: what is wrong and what to do, without a word of the driver. */

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EPIPE',
  'ETIMEDOUT',
  'EADDRNOTAVAIL',
  'ECONNABORTED',
]);

const tlsCode =
  /^(HANDSHAKE_|ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO|HOSTNAME_MISMATCH)/;

/** What every driver's network layer says. */
export function networkFault(error: unknown): ForeignFault | undefined {
  if (error instanceof AggregateError) return error.errors.map(networkFault).find((fault) => fault);
  const code = codeOf(error);
  if (networkCodes.has(code)) return 'unreachable';
  return tlsCode.test(code) ? 'tls' : undefined;
}

type Answer = readonly [AppError['code'], string];

const answers: Readonly<Record<ForeignFault, Answer>> = {
  unreachable: [
    'UNAVAILABLE',
    'does not answer. Check host and port, and that it accepts connections from this server',
  ],
  credentials: ['DATABASE_OP_FAILED', 'refuses user, password or database name. Check all three'],
  tls: [
    'DATABASE_OP_FAILED',
    'could not be reached over a secured connection. Check the TLS settings: its certificate must be known here, or give its CA',
  ],
  rights: ['DATABASE_OP_FAILED', 'does not allow this to the user it is connected with'],
  structure: [
    'DATABASE_OP_FAILED',
    'has changed: a table or column is not there as it was. Synchronise the data source',
  ],
  constraint: ['DATABASE_OP_FAILED', 'refuses the values: one of its own rules does not allow them'],
  foreignKey: [
    'DATABASE_OP_FAILED',
    'refuses the change: a record it refers to does not exist, or others still refer to it',
  ],
  value: ['DATABASE_OP_FAILED', 'refuses the values: one does not fit the type of its column'],
  unknown: ['DATABASE_OP_FAILED', 'could not do this'],
};

/** @param name how people know the database, e.g. `Data source 'Shop'` */
export function answerFault(fault: ForeignFault, name: string, cause: unknown): AppError {
  const [code, text] = answers[fault];
  return new AppError(code, `${name} ${text}.`, undefined, withoutSecrets(cause));
}

/** Drivers hang their settings onto errors: for the log, code and name of the error are enough. */
function withoutSecrets(cause: unknown): Error {
  const { name } = cause instanceof Error ? cause : { name: 'Error' };
  const code = codeOf(cause);
  return new Error(`${name}${code === '' ? '' : ` ${code}`} from a connected database`);
}
