import { describe, expect, test } from 'vitest';
import { keep } from '../test/support/filtering.ts';
import { InvalidFilter } from './columnType.ts';
import { multiSelect } from './multiSelect/type.ts';
import { singleLineText as text } from './singleLineText/type.ts';
import { singleSelect } from './singleSelect/type.ts';
import { uuid } from './uuid/type.ts';

const cells = ['Ada', 'ada', 'Grace', 'a%b', '', null, 'null', 'x,Ada'];

describe('text', () => {
  test.each<[string, string | null | (string | null)[], (string | null)[]]>([
    ['eq', 'Ada', ['Ada']],
    ['eq', '', ['']],
    ['eq', 'null', ['null']],
    ['eq', [null], [null]],
    ['eq', 'x,Ada', ['x,Ada']],
    ['gb_eq', 'Ada', ['Ada']],
    ['neq', 'Ada', ['ada', 'Grace', 'a%b', '', null, 'null', 'x,Ada']],
    ['not', 'Ada', ['ada', 'Grace', 'a%b', '', null, 'null', 'x,Ada']],
    ['neq', '', ['Ada', 'ada', 'Grace', 'a%b', null, 'null', 'x,Ada']],
    ['neq', [null], ['Ada', 'ada', 'Grace', 'a%b', '', 'null', 'x,Ada']],
    ['in', 'Ada,Grace', ['Ada', 'Grace']],
    ['in', ['Ada', null], ['Ada', '', null]],
    ['in', '', ['']],
    ['like', 'AD', ['Ada', 'ada', 'x,Ada']],
    ['like', 'ad%', ['Ada', 'ada']],
    ['like', '%ada', ['Ada', 'ada', 'x,Ada']],
    ['like', 'a%b', ['a%b']],
    ['nlike', 'ad', ['Grace', 'a%b', '', null, 'null']],
    ['gt', 'a%b', ['ada', 'null', 'x,Ada']],
    ['ge', 'ada', ['ada', 'null', 'x,Ada']],
    ['gte', 'ada', ['ada', 'null', 'x,Ada']],
    ['lt', 'Grace', ['Ada', '']],
    ['le', 'Grace', ['Ada', 'Grace', '']],
    ['lte', 'Grace', ['Ada', 'Grace', '']],
    ['btw', 'A,H', ['Ada', 'Grace']],
    ['nbtw', 'A,H', ['ada', 'a%b', '', null, 'null', 'x,Ada']],
    ['is', 'empty', ['']],
    ['isnot', 'empty', ['Ada', 'ada', 'Grace', 'a%b', null, 'null', 'x,Ada']],
    ['is', 'BLANK', ['', null]],
    ['null', null, [null]],
    ['notnull', null, ['Ada', 'ada', 'Grace', 'a%b', '', 'null', 'x,Ada']],
    ['empty', null, ['']],
    ['notempty', null, ['Ada', 'ada', 'Grace', 'a%b', null, 'null', 'x,Ada']],
    ['anyof', 'ADA,grace', ['Ada', 'ada', 'Grace', 'x,Ada']],
    ['anyof', ['X,ada'], ['x,Ada']],
    ['nanyof', 'ADA,grace', ['a%b', '', null, 'null']],
  ])('%s %j', (op, argument, kept) => expect(keep(text, op, argument, cells)).toEqual(kept));

  test.each<[string, string | null | (string | null)[]]>([
    ['eq', null],
    ['gt', [null]],
    ['like', null],
    ['btw', 'a'],
    ['btw', 'a,b,c'],
    ['btw', ['a', null]],
    ['is', 'Ada'],
    ['is', 'true'],
    ['is', null],
    ['anyof', ''],
    ['in', null],
    ['eq', 'a\0b'],
    ['in', 'a,\ud800'],
    ['like', '\udfff'],
  ])('refuses %s %j', (op, argument) => {
    expect(() => keep(text, op, argument, cells)).toThrow(InvalidFilter);
  });
});

test('lists are compared item by item, and negated forms include empty cells', () => {
  const lists = ['red', 'Red,blue', 'blue,green', null];
  expect(keep(multiSelect, 'anyof', 'red,GREEN', lists)).toEqual(['red', 'Red,blue', 'blue,green']);
  expect(keep(multiSelect, 'allof', 'red,blue', lists)).toEqual(['Red,blue']);
  expect(keep(multiSelect, 'nallof', 'red,blue', lists)).toEqual(['red', 'blue,green', null]);
  expect(keep(multiSelect, 'nanyof', ' red ,', lists)).toEqual(['blue,green', null]);
  expect(keep(multiSelect, 'eq', '', lists)).toEqual([null]);
  expect(keep(multiSelect, 'neq', '', lists)).toEqual(['red', 'Red,blue', 'blue,green']);
});

test('a choice is compared as a whole', () => {
  const choices = ['red', 'red, dark', null];
  expect(keep(singleSelect, 'anyof', 'RED', choices)).toEqual(['red']);
  expect(keep(singleSelect, 'anyof', ['Red, Dark'], choices)).toEqual(['red, dark']);
  expect(keep(singleSelect, 'nanyof', 'red', choices)).toEqual(['red, dark', null]);
});

test('a type that has one spelling finds every spelling', () => {
  const id = '0b6ec8f6-6d0c-4d2a-9a3f-1d8a5a0c7e11';
  expect(keep(uuid, 'eq', id.toUpperCase(), [id, null])).toEqual([id]);
  expect(keep(uuid, 'in', id.toUpperCase(), [id, null])).toEqual([id]);
});
