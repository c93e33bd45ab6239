import { AppError } from '../../../core/errors.ts';

/** What a driver's error is, by its number. */
export const errno = {
  duplicate: 1062,
  nullValue: 1048,
  noDefault: 1364,
  noTable: 1146,
  noColumn: 1054,
  tableExists: 1050,
  columnExists: 1060,
  indexExists: 1061,
  nothingToDrop: 1091,
  noSuchTable: 1051,
} as const;

const unfit = new Set([1264, 1265, 1366, 1292, 1406, 1411, 3140]);
const tooLarge = new Set([1118, 139]);
const tooManyParts = new Set([1005, 1069, 1070, 1071, 1117]);
const busy = new Set([1205, 1213, 3572, 1040, 1203, 1226, 1615, 1317]);
const late = new Set([1969, 3024]);
const complex = new Set([1390, 1436, 1139, 1038, 3685, 3686, 3687, 3688, 3698, 3699]);
const rights = new Set([1142, 1143, 1227, 1290, 1792, 1836]);
const full = new Set([1021, 1114]);
const lost = new Set([1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 2006, 2013, 4031]);
const denied = new Set([1044, 1045, 1049, 1130, 1698]);

export function numberOf(error: unknown): number {
  return error instanceof Error && 'errno' in error ? Number(error.errno) : 0;
}

const done: ReadonlySet<number> = new Set([
  errno.tableExists,
  errno.columnExists,
  errno.indexExists,
  errno.duplicate,
]);

/** The table, column, index or row was there already. */
export const wasDone = (error: unknown): boolean => done.has(numberOf(error));

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

const lostCodes = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|PROTOCOL_)/;

/** The server has no connection left. */
export const isFull = (error: unknown): boolean => [1040, 1203].includes(numberOf(error));

/** The connection is of no use any more. */
export function isConnectionLoss(error: unknown): boolean {
  const fatal = error instanceof Error && 'fatal' in error && error.fatal === true;
  return fatal || lost.has(numberOf(error)) || lostCodes.test(codeOf(error));
}

export type Cause =
  | 'busy'
  | 'lost'
  | 'full'
  | 'denied'
  | 'rights'
  | 'late'
  | 'tooComplex'
  | 'unfit'
  | 'rowTooLarge'
  | 'tooManyParts'
  | 'packetTooLarge'
  | 'changedElsewhere'
  | undefined;

export function causeOf(error: unknown): Cause {
  const number = numberOf(error);
  if (busy.has(number)) return 'busy';
  if (late.has(number)) return 'late';
  if (complex.has(number)) return 'tooComplex';
  if (rights.has(number)) return 'rights';
  if (full.has(number)) return 'full';
  if (denied.has(number)) return 'denied';
  if (unfit.has(number)) return 'unfit';
  if (tooLarge.has(number)) return 'rowTooLarge';
  if (tooManyParts.has(number)) return 'tooManyParts';
  if (number === 1153 || number === 1301) return 'packetTooLarge';
  if (number === errno.noTable || number === errno.noColumn) return 'changedElsewhere';
  return isConnectionLoss(error) ? 'lost' : undefined;
}

/** For a connection that could not be made. */
export function unreachable(error: unknown): unknown {
  const cause = causeOf(error);
  if (cause === 'denied')
    return new AppError('UNAVAILABLE', 'The database refuses the sign-in of Rowgate.', undefined, error);
  if (cause === 'lost' || cause === 'busy')
    return new AppError('UNAVAILABLE', 'The database cannot be reached. Try again.', undefined, error);
  return error;
}
