import { AppError } from '../errors.ts';

/** One member of a request that breaks a rule, in the shape of JSON Schema validators. */
export function invalidBody(
  instancePath: string,
  keyword: string,
  params: Readonly<Record<string, unknown>>,
  message: string,
): AppError {
  const schemaPath = `#/properties${instancePath}/${keyword}`;
  return new AppError('INVALID_REQUEST_BODY', 'Invalid request body', {
    errors: [{ instancePath, schemaPath, keyword, params, message }],
  });
}
