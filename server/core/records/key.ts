import { InvalidValue } from '../../../columnTypes/columnType.ts';
import type { Value } from '../../../columnTypes/query.ts';
import { AppError } from '../errors.ts';
import type { Column, Table } from '../model.ts';
import { shorten } from './text.ts';

/** A canonical key, values in the table's key order. */
export type Key = readonly Value[];

const longestKeyText = 10_000;
const keyContext = { findPerson: () => undefined, maxTextLength: longestKeyText };

/** Throws UNPROCESSABLE for a table whose records cannot be addressed. */
export function requireKey(table: Table): void {
  if (table.key.length > 0) return;
  throw new AppError(
    'UNPROCESSABLE',
    `Table '${table.title}' has no primary key, so single records of it cannot be addressed.`,
  );
}

const refuse = (column: Column, given: unknown): AppError =>
  new AppError(
    'INVALID_PK_VALUE',
    `Primary key value '${shorten(given)}' is invalid for column '${column.title}'`,
  );

/** One part of a key as callers write it. Throws INVALID_PK_VALUE. */
export function parseKeyPart(column: Column, given: unknown): Value {
  let value: Value;
  try {
    value = column.type.parse(given, column.options, keyContext);
  } catch (error) {
    if (error instanceof InvalidValue) throw refuse(column, given);
    throw error;
  }
  if (value === null) throw refuse(column, given);
  return value;
}

/** Parts of a composite key in one text: joined with `___`, an underscore inside a part written `\_`. */
export function splitKeyText(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (let i = 0; i < text.length; ) {
    if (text.startsWith('\\_', i)) {
      part += '_';
      i += 2;
    } else if (text.startsWith('___', i)) {
      parts.push(part);
      part = '';
      i += 3;
    } else {
      part += text[i];
      i += 1;
    }
  }
  parts.push(part);
  return parts;
}

/** The inverse of splitKeyText. */
export const joinKeyParts = (parts: readonly unknown[]): string =>
  parts.map((part) => String(part).replaceAll('_', '\\_')).join('___');

/** The id of a record as a path takes it. */
export const keyText = (parts: readonly unknown[]): string =>
  parts.length === 1 ? String(parts[0]) : joinKeyParts(parts);

/** A key given as one value: the id of a path or a plain id of a body. Throws INVALID_PK_VALUE, UNPROCESSABLE. */
export function parseKey(table: Table, given: unknown): Key {
  requireKey(table);
  const [only] = table.key;
  if (table.key.length === 1 && only !== undefined) return [parseKeyPart(only, given)];
  const parts = typeof given === 'string' ? splitKeyText(given) : [];
  if (parts.length !== table.key.length) {
    const names = table.key.map((column) => column.title).join('___');
    throw new AppError(
      'INVALID_PK_VALUE',
      `Primary key value '${shorten(given)}' is invalid: the key of table '${table.title}' is ${names}`,
    );
  }
  return table.key.map((column, i) => parseKeyPart(column, parts[i]));
}

/** Equal for equal keys, for sets and maps. */
export const keyIdentity = (key: Key): string => key.map((part) => `${typeof part} ${part}`).join('\u0000');
