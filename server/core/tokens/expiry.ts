import { AppError } from '../errors.ts';

const form = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;
const zone = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/**
 * When a token is to expire: null or empty text is never, a date without a time
 * its first moment in UTC. Milliseconds; throws UNPROCESSABLE for anything that
 * is no date and time of ISO 8601 in the future.
 */
export function parseExpiry(text: string | null, now: Date): number | null {
  if (text === null || text.trim() === '') return null;
  const wanted = text.trim();
  let at = Number.NaN;
  if (form.test(wanted)) {
    const iso = wanted.replace(' ', 'T').replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
    const complete = iso.length > 10 && !zone.test(iso.slice(10)) ? `${iso}Z` : iso;
    at = Date.parse(complete);
  }
  if (Number.isNaN(at)) {
    throw new AppError(
      'UNPROCESSABLE',
      'The expiry of a token must be a date such as 2031-12-31 or 2031-12-31T23:59:59Z, or null for never',
    );
  }
  if (at <= now.getTime()) {
    throw new AppError('UNPROCESSABLE', 'The expiry of a token must lie in the future; use null for never');
  }
  return at;
}
