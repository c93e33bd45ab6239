import { InvalidChoice, type InvalidValue } from '../../../columnTypes/columnType.ts';
import { AppError } from '../errors.ts';
import type { Column, Table } from '../model.ts';
import { shorten } from './text.ts';

/** Every reason a write is refused, in the wire's words where it has some. */

/** Which record of a list an error is about; undefined for a request with one. */
export type Place = number | undefined;

const at = (place: Place): string => (place === undefined ? '' : ` (record at index ${place})`);
const indexOf = (place: Place): Record<string, unknown> => (place === undefined ? {} : { index: place });
const listNames = (names: readonly string[]): string =>
  names
    .slice(0, 10)
    .map((name) => `'${shorten(name)}'`)
    .join(', ') + (names.length > 10 ? ', …' : '');

export function refuseValue(column: Column, given: unknown, error: InvalidValue, place: Place): AppError {
  const details = { field: column.title, ...indexOf(place) };
  if (error instanceof InvalidChoice) {
    const options = shorten(error.given.join(', '));
    const message = `Invalid option(s) "${options}" provided for column "${column.title}". Valid options are "${error.valid.join(', ')}"`;
    return new AppError('INVALID_CHOICE', `${message}${at(place)}`, details);
  }
  const value = shorten(given);
  return new AppError(
    'INVALID_VALUE_FOR_FIELD',
    `Invalid value '${value}': Field '${column.title}' ${error.phrase}${at(place)}`,
    { ...details, value, reason: error.phrase },
  );
}

export const refuseMissing = (column: Column, place: Place): AppError =>
  new AppError('REQUIRED_FIELD_MISSING', `Field '${column.title}' is required${at(place)}`, {
    field: column.title,
    ...indexOf(place),
  });

export function refuseUnknown(table: Table, names: readonly string[], place: Place): AppError {
  const known = table.columns.filter((column) => !column.system).map((column) => column.title);
  return new AppError(
    'UNPROCESSABLE',
    `Table '${table.title}' has no field ${listNames(names)}${at(place)}. Its fields are ${listNames(known)}`,
    { unknownFields: names.slice(0, 100).map(shorten), ...indexOf(place) },
  );
}

export const refuseServerFilled = (message: string, place: Place): AppError =>
  new AppError('BAD_REQUEST', `${message}${at(place)}`, indexOf(place));

export const refuseShape = (place: Place): AppError =>
  new AppError(
    'UNPROCESSABLE',
    `A record must be an object of fields and values${at(place)}`,
    indexOf(place),
  );

export const refuseDuplicate = (id: string): AppError =>
  new AppError('UNPROCESSABLE', `Duplicate record with id ${shorten(id)}`);

export const refuseKeyless = (place: Place): AppError =>
  place === undefined
    ? new AppError('RECORD_NOT_FOUND', "Record 'unknown' not found")
    : new AppError('UNPROCESSABLE', 'Primary key is required', indexOf(place));
