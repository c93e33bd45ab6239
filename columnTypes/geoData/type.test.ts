import { expect, test } from 'vitest';
import { colour } from '../colour/type.ts';
import { InvalidValue } from '../columnType.ts';
import { uuid } from '../uuid/type.ts';
import { geoData } from './type.ts';

const context = { findPerson: () => undefined, maxTextLength: 1000 };

test('a place is two numbers of degrees', () => {
  expect(geoData.parse('48.8583; 2.29440', {}, context)).toBe('48.8583;2.2944');
  expect(geoData.parse('-90;180', {}, context)).toBe('-90;180');
  expect(geoData.parse('', {}, context)).toBeNull();
  for (const input of ['48.8', '91;0', '0;181', '1;2;3', ';', 'a;b', '48,8;2,2', ['1', '2'], 5]) {
    expect(() => geoData.parse(input, {}, context)).toThrow(InvalidValue);
  }
});

test('a colour has one spelling', () => {
  expect(colour.parse('#FFAA00', {}, context)).toBe('#ffaa00');
  expect(colour.parse('#Fa0', {}, context)).toBe('#ffaa00');
  for (const input of ['red', '#ff', '#ggg', 'ffaa00', '#ffaa0000', 5]) {
    expect(() => colour.parse(input, {}, context)).toThrow("must be a colour, written '#rrggbb'");
  }
});

test('a UUID is lower case', () => {
  const text = '0B6EC8F6-6D0C-4D2A-9A3F-1D8A5A0C7E11';
  expect(uuid.parse(text, {}, context)).toBe(text.toLowerCase());
  expect(() => uuid.parse('0b6ec8f6', {}, context)).toThrow('must be a UUID');
});
