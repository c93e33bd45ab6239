import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readChoiceList } from './choices.ts';
import { InvalidChoice, InvalidValue } from './columnType.ts';
import { multiSelect } from './multiSelect/type.ts';
import { singleSelect } from './singleSelect/type.ts';

const context = { findPerson: () => undefined, maxTextLength: 1000 };

describe('options', () => {
  test('titles are trimmed, ids and colours kept', () => {
    const given = [
      { id: 's1', title: ' red ', color: '#ff0000', order: 1 },
      { title: 'blue', color: null },
      'green',
    ];
    expect(singleSelect.options.parse({ options: given })).toEqual({
      options: [{ id: 's1', title: 'red', color: '#ff0000' }, { title: 'blue' }, { title: 'green' }],
    });
    expect(singleSelect.options.parse(undefined)).toEqual({ options: [] });
  });

  test.each([
    [['red', 'red'], "has the option 'red' twice"],
    [
      [
        { id: 's1', title: 'a' },
        { id: 's1', title: 'b' },
      ],
      "has the option 's1' twice",
    ],
    [[''], 'has an option with an empty title'],
    [[{}], 'needs a title for each of its options'],
    [[{ title: 'a\0' }], 'has an option whose title must not contain NUL'],
    [['x'.repeat(256)], 'longer than 255 characters'],
    ['red', 'needs its options as a list'],
  ])('refuses %j', (options, phrase) =>
    expect(() => singleSelect.options.parse({ options })).toThrow(phrase),
  );

  test('only a list of several refuses commas', () => {
    expect(() => multiSelect.options.parse({ options: ['a,b'] })).toThrow('must not hold one');
    expect(singleSelect.options.parse({ options: ['a,b'] })).toEqual({ options: [{ title: 'a,b' }] });
  });
});

describe('values', () => {
  const options = multiSelect.options.parse({ options: ['red', 'blue', 'light green'] });

  test.each([
    ['red', 'red'],
    ['blue, red', 'blue,red'],
    [['blue', 'light green', 'blue'], 'blue,light green'],
    [[], null],
    ['', null],
    [['', null], null],
    [' , ', null],
  ])('%j is %j', (input, value) => expect(multiSelect.parse(input, options, context)).toBe(value));

  test('an unknown choice is named with the valid ones', () => {
    let error: unknown;
    try {
      multiSelect.parse('red,green,Blue', options, context);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidChoice);
    expect(error).toMatchObject({ given: ['green', 'Blue'], valid: ['red', 'blue', 'light green'] });
    expect(() => singleSelect.parse('red,blue', options, context)).toThrow(InvalidChoice);
    expect(() => multiSelect.parse([['red']], options, context)).toThrow(InvalidValue);
    expect(() => multiSelect.parse({ title: 'red' }, options, context)).toThrow(InvalidValue);
  });
});

describe('readChoiceList', () => {
  test.each([
    ["'a','b'", ['a', 'b']],
    ['\'it\'\'s\', "x""y" ,plain text', ["it's", 'x"y', 'plain text']],
    ["'a,b'", ['a,b']],
    ['', []],
    ["'a',", ['a']],
  ])('%j', (text, titles) => expect(readChoiceList(text)).toEqual(titles));

  test.each(["'a", "'a' 'b'", "a'b", '"'])('refuses %j', (text) =>
    expect(() => readChoiceList(text)).toThrow(InvalidValue),
  );

  test('reads back any titles', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 })), (titles) => {
        expect(readChoiceList(titles.map((title) => `'${title.replaceAll("'", "''")}'`).join(','))).toEqual(
          titles,
        );
      }),
    );
  });
});
