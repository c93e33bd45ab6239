/** At once when the answer is at hand, else later. */
export type Maybe<T> = T | Promise<T>;
