import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choosePhysicalName } from './physicalNames.ts';

describe('choosePhysicalName', () => {
  it.each([
    ['Title', 'Title'],
    ['Größe in €', 'Gro_e_in'],
    ['  a  b ', 'a_b'],
    ['"; DROP TABLE x; --', 'DROP_TABLE_x'],
    ['😀', 'field'],
    ['2024', 'f_2024'],
    ['order', 'order_2'],
    ['RowID', 'RowID_2'],
  ])('%s', (title, name) => {
    expect(choosePhysicalName(title, 'field', new Set())).toBe(name);
  });

  it('is unique without regard to case', () => {
    expect(choosePhysicalName('Name', 'field', new Set(['name', 'name_2']))).toBe('Name_3');
  });

  it('is always safe, short and free', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string()), (title, others) => {
        const taken = new Set(others.map((other) => other.toLowerCase()));
        const name = choosePhysicalName(title, 'field', taken);
        expect(name).toMatch(/^[A-Za-z0-9_]{1,48}$/);
        expect(taken.has(name.toLowerCase())).toBe(false);
      }),
    );
  });
});
