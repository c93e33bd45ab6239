import type { Maybe } from '../core/ports.ts';

/** Goes on at once with a value that is there already, so that a fast read makes no promise. */
export function after<T, U>(value: Maybe<T>, next: (value: T) => Maybe<U>): Maybe<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
