import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParseContext } from '../../columnTypes/columnType.ts';
import { findColumnType } from '../../columnTypes/index.ts';
import type { ImportedType } from '../core/imports/importedFile.ts';
import { classifyText, decimalDigits } from './classify.ts';
import { fitTo, newProfile, noteText, typeOfProfile } from './profile.ts';

const context: ParseContext = { findPerson: () => undefined, maxTextLength: 100_000 };

function typeOf(...values: readonly string[]): ImportedType {
  const profile = newProfile();
  for (const value of values) noteText(profile, value, classifyText);
  return typeOfProfile(profile);
}

describe('the type of a column', () => {
  it.each<[ImportedType, string[]]>([
    ['Number', ['0', '-1', '9223372036854775807', '-9223372036854775808', ' 12 ']],
    ['Decimal', ['1', '1.50', '.097', '-.5', '1e5', '2.5E-3', '12.']],
    ['SingleLineText', ['9223372036854775808']],
    ['SingleLineText', ['007', '1']],
    ['SingleLineText', ['00.5']],
    ['SingleLineText', ['-0']],
    ['SingleLineText', ['+49 30 1234', '1']],
    ['SingleLineText', ['1,234.5']],
    ['Checkbox', ['true', 'FALSE', 'True']],
    ['SingleLineText', ['NO', 'SE', 'no']],
    ['SingleLineText', ['true', '1']],
    ['Date', ['2024-02-29', '0001-01-01']],
    ['SingleLineText', ['2023-02-29']],
    ['SingleLineText', ['0000-00-00']],
    ['DateTime', ['2024-01-01 10:00', '2024-01-01T10:00:00Z', '2024-01-01T10:00:00.000+02:00', '2024-01-01']],
    ['SingleLineText', ['2024-01-01T10:00:00.5Z']],
    ['SingleLineText', ['2024-01-01T25:00:00Z']],
    ['Time', ['10:00', '23:59:59']],
    ['SingleLineText', ['24:00']],
    ['Email', ['a@example.org', 'b.c@mail.example.com']],
    ['SingleLineText', ['a@example.org', 'none']],
    ['URL', ['https://example.org/a?b=c', 'HTTP://example.org']],
    ['LongText', ['x'.repeat(256)]],
    ['LongText', ['a\nb']],
    ['SingleLineText', []],
    ['SingleLineText', ['  ']],
    ['Number', ['1', '  ', '3']],
  ])('%s: %j', (type, values) => {
    expect(typeOf(...values)).toBe(type);
  });

  it('holds every value it was chosen for: the column type accepts them all', () => {
    const digits = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
    const moment = fc.date({
      noInvalidDate: true,
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T00:00:00Z'),
    });
    const pools = [
      digits,
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      moment.map((date) => date.toISOString().slice(0, 10)),
      moment.map((date) => `${date.toISOString().slice(0, 19)}Z`),
      moment.map((date) => date.toISOString().slice(11, 16)),
      fc.emailAddress(),
      fc.webUrl(),
      fc.constantFrom('true', 'false'),
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
    ];
    const column = fc.oneof(
      ...pools.map((pool) => fc.array(pool, { minLength: 1, maxLength: 4 })),
      fc.array(fc.oneof(...pools), { maxLength: 4 }),
    );
    fc.assert(
      fc.property(column, (values) => {
        const name = typeOf(...values);
        const type = findColumnType(name);
        const convert = fitTo(name);
        for (const value of values)
          expect(() => type?.parse(convert(value), type.options.parse(undefined), context)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });
});

describe('decimalDigits', () => {
  it.each([
    ['1.50', '1.5'],
    ['-0.0', '0'],
    ['1e3', '1000'],
    ['1.25e-3', '0.00125'],
    ['123.456e1', '1234.56'],
    ['.5', '0.5'],
    ['-.5', '-0.5'],
    ['12.', '12'],
  ])('%s is %s', (text, digits) => {
    expect(decimalDigits(text)).toBe(digits);
  });

  it.each(['', '-', '.', 'e5', '1e', '0x10', 'Infinity', '1e300'])('%s is no decimal', (text) => {
    expect(decimalDigits(text)).toBeUndefined();
  });

  it('changes no value', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 }), (value) => {
        const digits = decimalDigits(String(value));
        if (digits !== undefined) expect(Number(digits)).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});
