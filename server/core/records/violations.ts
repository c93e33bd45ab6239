import { AppError } from '../errors.ts';
import type { Column, Table } from '../model.ts';
import { shorten } from './text.ts';

/** What an engine reports in `details.fieldName`: physical names, joined by ', '. */
function namedColumns(table: Table, error: AppError): Column[] {
  const { fieldName } = error.details ?? {};
  if (typeof fieldName !== 'string') return [];
  const names = new Set(fieldName.split(', '));
  return table.columns.filter((column) => names.has(column.name));
}

function describe(table: Table, error: AppError): AppError {
  const columns = namedColumns(table, error);
  if (columns.length === 0) return error;
  const title = columns.map((column) => column.title).join(', ');
  if (error.code === 'REQUIRED_FIELD_MISSING') {
    return new AppError(error.code, `Field '${title}' is required`, { field: title }, error);
  }
  const value = error.details?.value ?? null;
  return new AppError(
    error.code,
    `${title} field unique constraint violation. Value '${shorten(value)}' already exists.`,
    { fieldName: title, value: typeof value === 'string' ? shorten(value) : value },
    error,
  );
}

/** Runs a write; a violated constraint, which an engine tells in physical names, is told in titles. */
export async function nameViolations<T>(table: Table, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (
      error instanceof AppError &&
      (error.code === 'FIELD_UNIQUE_CONSTRAINT_VIOLATION' || error.code === 'REQUIRED_FIELD_MISSING')
    ) {
      throw describe(table, error);
    }
    throw error;
  }
}
