import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnTypes } from '../../columnTypes/index.ts';
import type { Column } from '../api/shapes.ts';
import { displayText, plainText, typedDate } from './display.ts';
import { canonicalOf, cellOfValue, type Field, fieldOf } from './field.ts';
import { parseText } from './localInput.ts';

function field(
  uidt: string,
  meta: Record<string, unknown> | null = null,
  titles: readonly string[] = [],
): Field {
  const column = {
    id: uidt,
    title: uidt,
    uidt,
    pk: false,
    system: false,
    meta,
    cdf: null,
  } as unknown as Column;
  const options = titles.map((title) => ({ title }));
  return fieldOf(titles.length === 0 ? column : { ...column, colOptions: { options } });
}
const people = [{ id: 'u1', email: 'Ada@example.org', display_name: 'Ada' }];
const read = (of: Field, text: string, locale: string): unknown => {
  const parsed = parseText(of, text, people, locale);
  return 'value' in parsed ? parsed.value : parsed.reason;
};

describe('what people type', () => {
  it('is read the way of their language', () => {
    expect(read(field('Decimal'), '1 234,5', 'fr')).toBe('1234.5');
    expect(read(field('Decimal'), '1,234.5', 'en')).toBe('1234.5');
    expect(read(field('Decimal'), '1.5', 'fr')).toBe('1.5');
    expect(read(field('Currency'), '1 234,50 €', 'fr')).toBe('1234.5');
    expect(read(field('Currency'), '$1,234.50', 'en')).toBe('1234.5');
    expect(read(field('Number'), '12 000', 'fr')).toBe(12_000);
    expect(read(field('Percent'), '12,5 %', 'fr')).toBe('12.5');
    expect(read(field('Date'), '31/05/2024', 'fr')).toBe('2024-05-31');
    expect(read(field('Date'), '5/31/2024', 'en-US')).toBe('2024-05-31');
    expect(read(field('Date'), '31.5.24', 'de')).toBe('2024-05-31');
    expect(read(field('Date'), '2024-05-31', 'fr')).toBe('2024-05-31');
    expect(read(field('Time'), '2:30 pm', 'en')).toBe('14:30:00');
    expect(read(field('Time'), '14h30', 'fr')).toBe('14:30:00');
    expect(read(field('Duration'), '1:30', 'fr')).toBe(5400);
    expect(read(field('Checkbox'), 'VRAI', 'fr')).toBe(true);
    expect(read(field('MultiSelect', null, ['a', 'b']), 'a, b', 'en')).toBe('a,b');
    expect(read(field('User'), 'ada@example.org', 'en')).toBe('u1');
  });

  it('is refused with the words of the column type', () => {
    expect(read(field('Number'), 'abc', 'en')).toMatch(/must be a whole number/);
    expect(read(field('Date'), '31/31/2024', 'fr')).toMatch(/must be a date/);
    expect(read(field('SingleSelect', null, ['a']), 'b', 'en')).toMatch(/has no option/);
  });

  it('empties a cell where nothing is left', () => {
    for (const type of columnTypes) expect(read(field(type.name), '', 'en')).toBeNull();
  });
});

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const samples: readonly (readonly [Field, fc.Arbitrary<unknown>])[] = [
  [field('Number'), fc.integer()],
  [field('Decimal'), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })],
  [field('Currency'), fc.integer({ min: 1 }).map((n) => n / 100)],
  [field('Percent'), fc.integer({ min: 1 }).map((n) => n / 10)],
  [field('Duration'), fc.integer({ min: 0, max: 1e6 })],
  [field('Date'), day.map((text) => text.slice(0, 10))],
  [field('DateTime'), day.map((text) => `${text.slice(0, 19).replace('T', ' ')}+00:00`)],
  [field('Time'), day.map((text) => text.slice(11, 19))],
  [field('Checkbox'), fc.boolean()],
  [field('Year'), fc.integer({ min: 0, max: 9999 })],
  [field('JSON'), fc.json().map((text) => JSON.parse(text) as unknown)],
  [field('SingleLineText'), fc.string({ minLength: 1 })],
  [
    field('MultiSelect', null, ['a', 'b c', 'é']),
    fc.subarray(['a', 'b c', 'é']).map((list) => list.join(',')),
  ],
  [field('User'), fc.constant(people)],
];

describe('what a cell says', () => {
  it('is read back by the same reader, in every language', () => {
    for (const [of, cells] of samples) {
      fc.assert(
        fc.property(cells, fc.constantFrom('en', 'en-US', 'en-GB', 'fr', 'fr-CA', 'de'), (cell, locale) => {
          const before = canonicalOf(of, cell);
          if (before === null || before === '' || before === 'null') return;
          const text = plainText(of, cell, locale);
          const again = read(of, text, locale);
          const tidy = (value: unknown): unknown =>
            of.type.storage === 'decimal' ? Number(value) + 0 : value;
          expect(tidy(again)).toEqual(tidy(before));
          expect(tidy(canonicalOf(of, cellOfValue(of, before, people)))).toEqual(tidy(before));
        }),
      );
    }
  });

  it('is read back from the date that editors begin with', () => {
    const moments = day.map((text) => `${text.slice(0, 19).replace('T', ' ')}+00:00`);
    fc.assert(
      fc.property(moments, fc.constantFrom('en-US', 'en-GB', 'fr', 'de', 'sv'), (cell, locale) => {
        expect(read(field('Date'), typedDate(field('Date'), cell, locale), locale)).toBe(cell.slice(0, 10));
        expect(read(field('DateTime'), typedDate(field('DateTime'), cell, locale), locale)).toBe(cell);
      }),
    );
  });

  it('follows the language', () => {
    expect(displayText(field('Number'), 1234567, 'en')).toBe('1,234,567');
    expect(displayText(field('Currency', { currency_code: 'EUR' }), 1234.5, 'fr')).toMatch(/^1\D234,50\D€$/);
    expect(displayText(field('Decimal', { precision: 2 }), '12345678901234567890.125', 'en')).toBe(
      '12,345,678,901,234,567,890.13',
    );
    expect(displayText(field('Date'), '2024-05-31', 'fr')).toBe('31/05/2024');
    expect(displayText(field('Date', { date_format: 'YYYY/MM/DD' }), '2024-05-31', 'fr')).toBe('2024/05/31');
    expect(displayText(field('Duration'), 3661, 'en')).toBe('1:01:01');
    expect(displayText(field('Duration'), -60, 'en')).toBe('-0:01');
  });
});
