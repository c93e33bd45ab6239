import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import { fieldErrors } from './fieldErrors.ts';
import { explain } from './notify.ts';

/**
 * Shows a refusal in a form: beside the fields it names, the rest above the
 * buttons (`errors.root`). `names` tells which field has which name on the wire.
 */
export function applyRefusal<T extends FieldValues>(
  form: Pick<UseFormReturn<T>, 'setError'>,
  error: unknown,
  names: Readonly<Record<string, Path<T>>>,
): void {
  const found = Object.entries(fieldErrors(error)).flatMap(([name, message]) => {
    const field = names[name];
    return field === undefined ? [] : [{ field, message }];
  });
  if (found.length === 0) form.setError('root', { message: explain(error) });
  found.forEach(({ field, message }, index) => {
    form.setError(field, { message }, { shouldFocus: index === 0 });
  });
}
