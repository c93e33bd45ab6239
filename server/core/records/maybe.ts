import type { Maybe } from '../ports.ts';

/** Goes on at once when the value is there already: a read that needs no waiting stays synchronous. */
export function andThen<T, U>(value: Maybe<T>, next: (value: T) => Maybe<U>): Maybe<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
