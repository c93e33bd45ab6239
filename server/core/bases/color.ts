import { AppError } from '../errors.ts';

/** A colour as the wire gives it, e.g. '#24716E'; null for none. */
export function parseColor(given: string | null): string | null {
  if (given === null || given === '') return null;
  if (!/^#[0-9a-f]{3,8}$/i.test(given)) {
    throw new AppError('INVALID_REQUEST_BODY', "The color is not one: give it like '#24716E'");
  }
  return given;
}
