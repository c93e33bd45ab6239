import pg from 'pg';
import { AppError } from '../../../core/errors.ts';
import type { RefusedWrite } from '../../engine.ts';
import { findConstraint, findRepeated, type Look } from './catalog.ts';
import { explainCommon, stateOf } from './errors.ts';

/**
 * What a refused write means to a caller. `recover` makes the connection able
 * to answer again, and returns how to ask it.
 */
export async function explainWrite(
  error: unknown,
  write: RefusedWrite,
  recover: () => Promise<Look>,
): Promise<unknown> {
  const common = explainCommon(error);
  if (common !== undefined) return common;
  const state = stateOf(error);
  if (state === '23505') return explainUnique(error, write, await recover());
  if (state === '23502') return requiredMissing(error);
  if (state.startsWith('23')) return new AppError('UNPROCESSABLE', ruleBroken(error), undefined, error);
  if (state === '2200H')
    return new AppError('TABLE_OP_FAILED', 'The table has no record number left.', undefined, error);
  if (state.startsWith('22'))
    return new AppError(
      'INVALID_VALUE_FOR_FIELD',
      'A value is out of the range that the column can keep; nothing was written.',
      undefined,
      error,
    );
  if (state === '54000')
    return new AppError(
      'INVALID_VALUE_FOR_FIELD',
      'A value is too long for an index of its column (about 2,700 bytes); nothing was written.',
      undefined,
      error,
    );
  if (state === '54011')
    return new AppError(
      'COLUMN_OP_FAILED',
      'The table has as many columns as it can have.',
      undefined,
      error,
    );
  return error;
}

const detail = (error: unknown, name: 'constraint' | 'column'): string =>
  (error instanceof pg.DatabaseError ? error[name] : undefined) ?? '';

function ruleBroken(error: unknown): string {
  const rule = detail(error, 'constraint');
  return `A rule of the database${rule === '' ? '' : ` ('${rule}')`} refuses this; nothing was written.`;
}

function requiredMissing(error: unknown): AppError {
  const fieldName = detail(error, 'column');
  return new AppError(
    'REQUIRED_FIELD_MISSING',
    `Field '${fieldName}' is required and cannot be empty.`,
    { fieldName },
    error,
  );
}

const display = (value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : (value ?? null));

async function explainUnique(error: unknown, write: RefusedWrite, look: Look): Promise<AppError> {
  const { primary, columns: found } = await findConstraint(look, write.table, detail(error, 'constraint'));
  if (primary)
    return new AppError('DUPLICATE_RECORD', 'A record with this key already exists.', undefined, error);
  const columns = found.length > 0 ? found : write.columns;
  const values =
    write.values.length === 0
      ? ((await findRepeated(look, write.table, columns)) ?? [])
      : columns.map((column) => write.values[write.columns.indexOf(column)]);
  const [fieldName, value] = [columns.join(', '), values.map(display).join(', ')];
  return new AppError(
    'FIELD_UNIQUE_CONSTRAINT_VIOLATION',
    `${fieldName} field unique constraint violation. Value '${value}' already exists.`,
    { fieldName, value: values.length === 1 ? display(values[0]) : value },
    error,
  );
}
