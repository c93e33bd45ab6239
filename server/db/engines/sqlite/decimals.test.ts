import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  addToSum,
  compareDecimals,
  divideDecimal,
  fitsDouble,
  formatScaled,
  midpoint,
  orderRest,
  plainDigits,
  readSum,
  startSum,
} from './decimals.ts';
import { addToMedian, readMedian, startMedian } from './median.ts';

const places = 60;
interface Sample {
  readonly units: bigint; // at `places` digits after the point
  readonly text: string;
}
const sample = (units: bigint, scale: number): Sample => ({
  units: units * 10n ** BigInt(places - scale),
  text: formatScaled(units, scale),
});
const wide = fc
  .tuple(fc.bigInt({ min: -(10n ** 70n), max: 10n ** 70n }), fc.nat(places))
  .map(([u, s]) => sample(u, s));
const narrow = fc.tuple(fc.bigInt({ min: -99_999n, max: 99_999n }), fc.nat(6)).map(([u, s]) => sample(u, s));
/** Close neighbours, many of which share a double. */
const near = fc
  .tuple(
    fc.constantFrom(1n, -1n, 3n, 10n ** 25n),
    fc.integer({ min: 10, max: places }),
    fc.integer({ min: -30, max: 30 }),
  )
  .map(([base, scale, step]) => sample(base * 10n ** BigInt(scale) + BigInt(step), scale));
const decimal = fc.oneof(wide, narrow, near);
const sign = (value: bigint): number => (value < 0n ? -1 : value > 0n ? 1 : 0);

it('compares exactly, directly and by double and rest', () => {
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      const wanted = sign(a.units - b.units);
      expect(compareDecimals(a.text, b.text)).toBe(wanted);
      const doubles = Math.sign(Number(a.text) - Number(b.text));
      const rests = Buffer.compare(Buffer.from(orderRest(a.text)), Buffer.from(orderRest(b.text)));
      expect(doubles === 0 ? rests : doubles).toBe(wanted);
    }),
    { numRuns: 5000 },
  );
});

it('leaves no rest of what a double holds as written', () => {
  fc.assert(
    fc.property(decimal, ({ text }) => {
      if (text.length <= 15) expect(fitsDouble(text)).toBe(true);
      expect(orderRest(text) === 'n').toBe(fitsDouble(text));
    }),
  );
});

it('sums exactly', () => {
  fc.assert(
    fc.property(fc.array(decimal, { minLength: 1 }), (list) => {
      const sum = startSum();
      for (const { text } of list) addToSum(sum, text);
      expect(readSum(sum)).toBe(
        formatScaled(
          list.reduce((total, { units }) => total + units, 0n),
          places,
        ),
      );
    }),
  );
  const long = startSum();
  for (let i = 0; i < 20_000; i += 1) addToSum(long, '999999999999999');
  expect(readSum(long)).toBe('19999999999999980000');
  expect(readSum(startSum())).toBeNull();
});

it('writes doubles in plain digits that read back the same', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const digits = plainDigits(value);
      expect(digits).toMatch(/^(0|-?(0|[1-9]\d*)(\.\d*[1-9])?)$/);
      expect(Number(digits)).toBe(value === 0 ? 0 : value);
    }),
  );
  expect(
    ['1e21', '1e-7', '-1.5e-10', '123456789012345680000'].map((text) => plainDigits(Number(text))),
  ).toEqual(['1000000000000000000000', '0.0000001', '-0.00000000015', '123456789012345680000']);
});

it('knows which decimals JSON may carry as numbers', () => {
  expect(
    ['9007199254740992', '9007199254740993', '0.1', '0.10000000000000001', `1${'0'.repeat(400)}`].map(
      fitsDouble,
    ),
  ).toEqual([true, false, true, false, false]);
});

it('finds the middle of any mixture', () => {
  fc.assert(
    fc.property(fc.array(decimal, { minLength: 1, maxLength: 90 }), (list) => {
      const state = startMedian();
      for (const { text } of list) addToMedian(state, text);
      const sorted = list.map(({ units }) => units).sort((a, b) => sign(a - b));
      const [lower, upper] = [sorted[(sorted.length - 1) >> 1] ?? 0n, sorted[sorted.length >> 1] ?? 0n];
      expect(readMedian(state)).toBe(formatScaled((lower + upper) * 5n, places + 1));
    }),
  );
  expect(readMedian(startMedian())).toBeNull();
});

it('halves and divides', () => {
  fc.assert(
    fc.property(decimal, decimal, (a, b) => {
      expect(midpoint(a.text, b.text)).toBe(formatScaled((a.units + b.units) * 5n, places + 1));
    }),
  );
  expect(divideDecimal('0.3', 2)).toBe('0.15');
  expect(divideDecimal(`3${'0'.repeat(400)}`, 3)).toBe(`1${'0'.repeat(400)}`);
});
