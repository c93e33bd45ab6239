import { expect, test } from 'vitest';
import { createdBy } from '../createdBy/type.ts';
import { user } from './type.ts';

const ids: Record<string, string> = { usada: 'usada', 'ada@example.com': 'usada', usgrace: 'usgrace' };
const context = { findPerson: (name: string) => ids[name.toLowerCase()], maxTextLength: 1000 };
const many = { is_multi: true };

test.each([
  ['usada', 'usada'],
  ['ADA@example.com', 'usada'],
  ['usada, usgrace', 'usada,usgrace'],
  [{ id: 'usada', email: 'other@example.com', display_name: 'Ada' }, 'usada'],
  [{ email: 'ada@example.com' }, 'usada'],
  [[{ id: 'usgrace' }, 'ada@example.com', 'usada'], 'usgrace,usada'],
  [[], null],
  ['', null],
])('%j is %j', (input, value) => expect(user.parse(input, many, context)).toBe(value));

test.each([
  ['bob@example.com', "names 'bob@example.com', who is not a member of this base"],
  [['usada', 'usbob'], "names 'usbob', who is not a member"],
  [{}, "must name each person by 'id' or 'email'"],
  [[['usada']], 'must be a list of people'],
  [5, 'must be the id or e-mail address of a person, not 5'],
])('refuses %j', (input, phrase) => expect(() => user.parse(input, many, context)).toThrow(phrase));

test('takes one person unless told otherwise', () => {
  const one = user.options.parse(undefined);
  expect(user.parse(['usada', 'ada@example.com'], one, context)).toBe('usada');
  expect(() => user.parse('usada,usgrace', one, context)).toThrow('takes one person, but 2 were given');
  expect(() => createdBy.parse('usada,usgrace', {}, context)).toThrow('takes one person');
  expect(user.options.parse({ is_multi: 1 })).toEqual(many);
});
