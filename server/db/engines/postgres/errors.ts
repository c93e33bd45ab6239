import pg from 'pg';
import { AppError } from '../../../core/errors.ts';

/** What the driver throws, by SQLSTATE; never by text, which is in the server's language. */

/** The five characters of an error of the server; empty for anything else. */
export const stateOf = (error: unknown): string =>
  error instanceof pg.DatabaseError ? (error.code ?? '') : '';

const unavailable = (message: string, cause: unknown): AppError =>
  new AppError('UNAVAILABLE', message, undefined, cause);

/** Classes and codes after which the connection is of no use. */
const fatal = /^(08|57P)/;

const lost = new WeakSet<object>();

/** Whether the connection broke, so that it is unknown what the server did. */
export const isLost = (error: unknown): boolean => error instanceof Error && lost.has(error);

/** Waits for the driver. Whatever it throws that is no answer of the server is a broken connection. */
export async function answerOf<T>(query: Promise<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    if (error instanceof pg.DatabaseError && !fatal.test(stateOf(error))) throw error;
    const broken = unavailable('The connection to the database broke. Try again.', error);
    lost.add(broken);
    throw broken;
  }
}

/** A statement that was prepared before its table changed. */
export const isOutdated = (error: unknown): boolean =>
  stateOf(error) === '0A000' || stateOf(error) === '26000';

const refusals: Readonly<Record<string, string>> = {
  '28000': 'The database refused the user name or its password.',
  '28P01': 'The database refused the user name or its password.',
  '3D000': 'The server has no database of this name.',
  '42501': 'The user may not use the database.',
  '53300': 'The database has no connection left. Try again.',
};

/** Why no connection could be made. */
export function explainConnect(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return unavailable(refusals[stateOf(error)] ?? 'The database cannot be reached. Try again.', error);
}

const outOfSync = (cause: unknown): AppError =>
  new AppError(
    'OUT_OF_SYNC',
    'The table was changed while this request ran; nothing was written. Send it again.',
    undefined,
    cause,
  );

/** What can happen to reads and writes alike; undefined for anything else. */
export function explainCommon(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  const state = stateOf(error);
  switch (state) {
    case '40001':
    case '40P01':
      return unavailable('Another write was in the way; nothing was written. Try again.', error);
    case '55P03':
      return unavailable('The database is busy with another write. Try again.', error);
    case '57014':
      return unavailable('The database took too long to answer. Ask for less, or try again.', error);
    case '25006':
      return unavailable('The database accepts no writes at the moment. Try again.', error);
    case '22021':
      return new AppError(
        'BAD_REQUEST',
        'A text holds the character NUL, which the database cannot keep. Leave it out.',
        undefined,
        error,
      );
    case '0A000':
    case '42P01':
    case '42703':
      return outOfSync(error);
    case '42501':
      return new AppError(
        'DATABASE_OP_FAILED',
        'The user of the database may not do this. Ask for the right on the table.',
        undefined,
        error,
      );
    default:
      return state.startsWith('53') || state.startsWith('57')
        ? unavailable('The database has no room left for this at the moment. Try again.', error)
        : undefined;
  }
}

/** What a refused read means to a caller; what only we can have caused comes back as it is. */
export function explainRead(error: unknown): unknown {
  const common = explainCommon(error);
  if (common !== undefined) return common;
  const state = stateOf(error);
  if (state.startsWith('22'))
    return new AppError(
      'INVALID_FILTER',
      'A value to compare with is out of the range that the database knows.',
      undefined,
      error,
    );
  if (state.startsWith('54'))
    return new AppError('INVALID_FILTER', 'The filter is too complex. Use fewer terms.', undefined, error);
  return error;
}
