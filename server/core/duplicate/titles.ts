import { sameTitle } from '../tables/titles.ts';

/** `Name copy`, or `Name copy 2`, `Name copy 3` …: the first that nobody has, not longer than `max`. */
export function titleOfCopy(title: string, taken: readonly string[], max: number): string {
  for (let count = 1; ; count += 1) {
    const ending = count === 1 ? ' copy' : ` copy ${count}`;
    const copy = `${[...title]
      .slice(0, max - ending.length)
      .join('')
      .trimEnd()}${ending}`;
    if (!taken.some((other) => sameTitle(other, copy))) return copy;
  }
}
