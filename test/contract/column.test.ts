import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeDay, writeInstant, writeTime } from '../../columnTypes/calendar.ts';
import {
  type AnyColumnType,
  type FilterContext,
  InvalidFilter,
  InvalidValue,
  type ParseContext,
} from '../../columnTypes/columnType.ts';
import { readDecimal } from '../../columnTypes/decimals.ts';
import { columnTypes, findColumnType } from '../../columnTypes/index.ts';
import { columnOf, type StorageKind, type Value } from '../../columnTypes/query.ts';
import { evaluateCondition } from '../support/evaluateCondition.ts';

/** What every column type promises, whichever it is. */

const members = ['usada', 'usgrace', 'usedsger'];
const context: ParseContext = {
  findPerson: (name) => members.find((id) => id === name || `${id}@example.com` === name.toLowerCase()),
  maxTextLength: 100_000,
};
const filterContext: FilterContext = { now: new Date('2024-05-31T12:00:00Z'), timeZone: 'Europe/Berlin' };

const titles = ['red', 'Blue', 'déjà vu', 'it\'s "x"'];
const givenOptions: Record<string, unknown> = {
  SingleSelect: { options: [...titles, 'with, comma'].map((title) => ({ title })) },
  MultiSelect: { options: titles.map((title) => ({ title })) },
  User: { is_multi: true },
};
const optionsOf = (type: AnyColumnType): unknown => type.options.parse(givenOptions[type.name]);

const integers = fc.oneof(
  fc.maxSafeInteger(),
  fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n).map((n) => (Number.isSafeInteger(Number(n)) ? Number(n) : n)),
);
const decimals = fc
  .tuple(fc.bigInt(-(10n ** 40n), 10n ** 40n), fc.integer({ min: -40, max: 40 }))
  .map(([digits, exponent]) => readDecimal(`${digits}e${exponent}`) ?? '0');
const texts = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && !text.includes('\0'));
const someOf = (items: readonly string[]): fc.Arbitrary<Value> =>
  fc.shuffledSubarray([...items], { minLength: 1 }).map((chosen) => chosen.join(','));
const hexadecimal = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });

const byStorage: Record<StorageKind, fc.Arbitrary<Value>> = {
  text: texts,
  integer: integers,
  decimal: decimals,
  boolean: fc.boolean(),
  date: fc.integer({ min: -719_162, max: 2_932_896 }).map((day) => writeDay(day) ?? null),
  datetime: fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }).map((at) => writeInstant(at) ?? null),
  time: fc.integer({ min: 0, max: 86_399 }).map(writeTime),
  json: fc
    .jsonValue()
    .map((value) => JSON.stringify(value))
    .filter((text) => text !== 'null' && !/\\u0000|\\ud[89a-f]/.test(text)),
};
const byName: Record<string, fc.Arbitrary<Value>> = {
  SingleSelect: fc.constantFrom(...titles, 'with, comma'),
  MultiSelect: someOf(titles),
  User: someOf(members),
  CreatedBy: fc.constantFrom(...members),
  LastModifiedBy: fc.constantFrom(...members),
  UUID: fc.uuid(),
  Year: fc.integer({ min: 0, max: 9999 }),
  Rating: fc.maxSafeNat(),
  Colour: hexadecimal(6).map((digits) => `#${digits}`),
  GeoData: fc
    .tuple(fc.integer({ min: -9000, max: 9000 }), fc.integer({ min: -18_000, max: 18_000 }))
    .map(([latitude, longitude]) => `${readDecimal(`${latitude}e-2`)};${readDecimal(`${longitude}e-2`)}`),
};
const valuesOf = (type: AnyColumnType): fc.Arbitrary<Value> => byName[type.name] ?? byStorage[type.storage];

/** The value as a client sees it, by the words of JsonShape. */
function toJson(value: Exclude<Value, null>, type: AnyColumnType, lists: 'text' | 'array'): unknown {
  switch (type.json) {
    case 'number':
      return readDecimal(String(Number(value))) === String(value) ? Number(value) : String(value);
    case 'json':
      return JSON.parse(String(value));
    case 'list':
      return lists === 'text' ? value : String(value).split(',');
    case 'people':
      return String(value)
        .split(',')
        .map((id) => ({ id, email: `${id}@example.com`, display_name: null }));
    case 'person':
      return { id: value, email: `${value}@example.com`, display_name: null };
    default:
      return value;
  }
}

test('names are unique and found', () => {
  expect(new Set(columnTypes.map((type) => type.name)).size).toBe(columnTypes.length);
  for (const type of columnTypes) expect(findColumnType(type.name)).toBe(type);
  expect(findColumnType('constructor')).toBeUndefined();
});

test('every stored type of the wire is there', () => {
  const wanted =
    'ID SingleLineText LongText Number Decimal Currency Percent Duration Rating Checkbox Date DateTime Time Year ' +
    'Email URL PhoneNumber SingleSelect MultiSelect JSON CreatedTime LastModifiedTime CreatedBy LastModifiedBy ' +
    'UUID AutoNumber GeoData Colour User Order';
  expect(columnTypes.map((type) => type.name).sort()).toEqual(wanted.split(' ').sort());
});

describe.each(columnTypes.map((type) => ({ name: type.name, type })))('$name', ({ type }) => {
  const options = optionsOf(type);

  test('works without options, and options parsed twice are the same', () => {
    const defaults = type.options.parse(undefined);
    expect(type.options.parse(null)).toEqual(defaults);
    expect(type.options.parse({ unknown: 1 })).toEqual(defaults);
    expect(type.options.parse(options)).toEqual(options);
    expect(() => type.options.parse('text')).toThrow(InvalidValue);
  });

  test('refuses arbitrary options with a phrase only', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        try {
          type.options.parse({ options: input, is_multi: input, validate: input, max: input });
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidValue);
        }
      }),
    );
  });

  test('reads what it writes', () => {
    expect(type.format(null, options)).toBe('');
    fc.assert(
      fc.property(valuesOf(type), (value) => {
        expect(type.parse(type.format(value, options), options, context)).toEqual(value);
      }),
    );
  });

  test('reads its own JSON, and its schema accepts it', () => {
    const ajv = new Ajv2020({ allowUnionTypes: true });
    addFormats.default(ajv);
    for (const lists of ['text', 'array'] as const) {
      const validate = ajv.compile(type.schema(options, lists));
      fc.assert(
        fc.property(valuesOf(type), (value) => {
          if (value === null) return;
          const sent = toJson(value, type, lists);
          expect(validate(sent), JSON.stringify(validate.errors)).toBe(true);
          const written = type.json === 'json' ? JSON.stringify(sent) : sent;
          expect(type.parse(written, options, context)).toEqual(value);
        }),
      );
    }
    expect(() => ajv.compile(type.options.schema)).not.toThrow();
    expect(() => ajv.compile(type.schema(type.options.parse(undefined), 'array'))).not.toThrow();
  });

  test('nothing given is null', () => {
    expect(type.parse(null, options, context)).toBeNull();
    expect(type.parse(undefined, options, context)).toBeNull();
    const keepsEmptyText = ['SingleLineText', 'LongText', 'Email', 'URL', 'PhoneNumber'].includes(type.name);
    expect(type.parse('', options, context)).toBe(keepsEmptyText ? '' : null);
  });

  test('refuses with a phrase only, and what it takes is canonical', () => {
    const input = fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.constantFrom(
        '\0',
        'a\ud800',
        '1e999999999',
        '-0',
        ' 7 ',
        '0x10',
        '2024-02-30',
        '24:00',
        '__proto__',
        [[[]]],
      ),
    );
    fc.assert(
      fc.property(input, (given) => {
        let value: Value;
        try {
          value = type.parse(given, options, context);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidValue);
          const { phrase } = error as InvalidValue;
          expect(phrase).toMatch(/^\p{L}/u);
          expect(phrase.length).toBeLessThan(250);
          expect(phrase.isWellFormed() && !phrase.includes('\0')).toBe(true);
          return;
        }
        if (value === null) return;
        if (typeof value === 'string') expect(value.isWellFormed() && !value.includes('\0')).toBe(true);
        expect(type.parse(type.format(value, options), options, context)).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  const column = columnOf('x', type.storage);
  const run = (op: string, items: readonly (string | null)[], value: Value): boolean | null => {
    const text = items.length === 0 ? null : items.map((item) => item ?? 'null').join(',');
    const operator = type.operators[op];
    if (operator === undefined) throw new Error(`no operator ${op}`);
    return evaluateCondition(operator(column, { text, items }, options, filterContext), { x: value });
  };

  test('knows blank and notblank by all their names', () => {
    fc.assert(
      fc.property(fc.option(valuesOf(type)), (value) => {
        const blank = value === null || value === '';
        for (const op of ['blank', 'isblank', 'is_blank']) expect(run(op, [], value)).toBe(blank);
        for (const op of ['notblank', 'isnotblank', 'is_notblank', 'is_not_blank']) {
          expect(run(op, [], value) === true).toBe(!blank);
        }
        expect(run('is', ['null'], value)).toBe(value === null);
        expect(run('is', [null], value)).toBe(value === null);
        expect(run('isnot', ['null'], value)).toBe(value !== null);
        expect(run('isnot', ['blank'], value) === true).toBe(!blank);
        expect(run('gb_null', [], value)).toBe(blank);
      }),
    );
    for (const name of ['constructor', '__proto__', 'toString']) expect(type.operators[name]).toBeUndefined();
  });

  test('a value equals its own text, and neq is the opposite of eq', () => {
    fc.assert(
      fc.property(valuesOf(type), fc.option(valuesOf(type)), (value, other) => {
        fc.pre(value !== '' && value !== null);
        const items = [type.format(value, options)];
        expect(run('eq', items, value)).toBe(true);
        expect(run('gb_eq', items, value)).toBe(true);
        expect(run('neq', items, value)).toBe(false);
        const equal = run('eq', items, other) === true;
        expect(run('neq', items, other) === true).toBe(!equal);
        expect(run('neq', items, null)).toBe(true);
        expect(run('eq', [null], other)).toBe(other === null);
        expect(run('neq', [null], other)).toBe(other !== null);
      }),
    );
  });

  test('operators refuse with InvalidFilter only', () => {
    const item = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        null,
        '',
        'null',
        '1.5',
        'today',
        'daysAgo',
        'exactDate',
        'pastWeek',
        '2024-01-01',
        '\0',
        '\ud800',
        '1e99',
      ),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(type.operators)),
        fc.array(item, { maxLength: 4 }),
        fc.option(valuesOf(type)),
        (op, items, value) => {
          try {
            expect([true, false, null]).toContain(run(op, items, value));
          } catch (error) {
            if (!(error instanceof InvalidFilter)) throw error;
            expect(error.given.length).toBeLessThan(50);
            expect(error.given.isWellFormed() && !error.given.includes('\0')).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
