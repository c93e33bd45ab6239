import { compareDecimals, fitsDouble, midpoint, plainDigits } from './decimals.ts';

/**
 * The values of a median: doubles where they are exact (eight bytes each and
 * sorted in place), texts for the few that no double holds.
 */
export interface MedianState {
  doubles: Float64Array;
  count: number;
  readonly texts: string[];
}

export const startMedian = (): MedianState => ({ doubles: new Float64Array(64), count: 0, texts: [] });

export function addToMedian(state: MedianState, value: string | number | bigint | null): void {
  const text = String(value);
  if (typeof value !== 'number' && !fitsDouble(text)) {
    state.texts.push(text);
    return;
  }
  if (state.count === state.doubles.length) {
    const larger = new Float64Array(state.count * 2);
    larger.set(state.doubles);
    state.doubles = larger;
  }
  state.doubles[state.count] = Number(value);
  state.count += 1;
}

/** The middle value, or the middle of the two, in canonical digits; null of nothing. */
export function readMedian({ doubles, count, texts }: MedianState): string | null {
  const total = count + texts.length;
  if (total === 0) return null;
  const sorted = doubles.subarray(0, count).sort();
  texts.sort(compareDecimals);
  const upper = nth(sorted, texts, total >> 1);
  return total % 2 === 1 ? upper : midpoint(nth(sorted, texts, (total >> 1) - 1), upper);
}

/** The n-th value, from 0, of two sorted lists together. */
function nth(doubles: Float64Array, texts: readonly string[], n: number): string {
  let smaller = 0; // texts before the n-th place
  for (const text of texts) {
    const place = smaller + countSmaller(doubles, text);
    if (place === n) return text;
    if (place > n) break;
    smaller += 1;
  }
  return plainDigits(doubles[n - smaller] as number);
}

function countSmaller(doubles: Float64Array, text: string): number {
  let [low, high] = [0, doubles.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareDecimals(plainDigits(doubles[middle] as number), text) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
