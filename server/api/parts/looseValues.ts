import { AppError } from '../../core/errors.ts';
import type { Meta } from '../../core/tables/titles.ts';
import { parseJsonText } from '../jsonBody.ts';

/** `undefined` for absent and null, so that clients may echo rows back. */
export const readFlag = (given: boolean | 0 | 1 | null | undefined): boolean | undefined =>
  given === undefined || given === null ? undefined : Boolean(given);

/** Free-form JSON given as object or as text. Throws INVALID_JSON, INVALID_REQUEST_BODY. */
export function readMeta(
  given: Record<string, unknown> | string | null | undefined,
): Meta | null | undefined {
  if (typeof given !== 'string') return given;
  if (given === '') return null;
  const value = parseJsonText(given, '`meta` must be a JSON object');
  if (value === null) return null;
  if (typeof value === 'object' && !Array.isArray(value)) return value as Meta;
  throw new AppError('INVALID_REQUEST_BODY', '`meta` must be a JSON object');
}
