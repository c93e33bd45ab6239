import { AppError } from '../errors.ts';

const tallest = 20;

/** Lines of a row, as clients count them: short is 0 or 1. Throws INVALID_REQUEST_BODY. */
export function parseRowHeight(given: number | null): number | null {
  if (given === null) return null;
  if (Number.isInteger(given) && given >= 0 && given <= tallest) return given;
  throw new AppError('INVALID_REQUEST_BODY', `row_height must be a whole number from 0 to ${tallest}`);
}
