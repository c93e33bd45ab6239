import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { AppError } from '../core/errors.ts';

interface Validator {
  Check(value: unknown): boolean;
  Errors(value: unknown): Iterable<unknown>;
}

const compiled = new WeakMap<object, Validator>();
const shownErrors = 10;

function compile(schema: TSchema): Validator {
  let validator = compiled.get(schema);
  if (validator === undefined) {
    validator = Compile(schema) as Validator;
    compiled.set(schema, validator);
  }
  return validator;
}

/** Throws INVALID_REQUEST_BODY with the first problems, each with its place. Schemas compile at first use. */
export function checkBody(schema: TSchema, body: unknown): void {
  const validator = compile(schema);
  if (validator.Check(body)) return;
  const errors = [...validator.Errors(body)].slice(0, shownErrors).map((error) => {
    const { instancePath, schemaPath, keyword, params, message } = error as Record<string, unknown>;
    return { instancePath, schemaPath, keyword, params, message };
  });
  throw new AppError('INVALID_REQUEST_BODY', 'Invalid request body', { errors });
}
