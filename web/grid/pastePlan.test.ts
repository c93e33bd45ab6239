import { describe, expect, it } from 'vitest';
import type { Column, Row } from '../api/shapes.ts';
import { fieldOf } from './field.ts';
import { fillValue, planFill } from './fill.ts';
import { pasteArea, planPaste } from './pastePlan.ts';
import { createWrites } from './writes.ts';

const column = (title: string, uidt: string, more: Partial<Column> = {}): Column =>
  ({
    id: title,
    title,
    uidt,
    pk: false,
    ai: false,
    rqd: false,
    system: false,
    meta: null,
    cdf: null,
    ...more,
  }) as Column;
const columns = [
  column('Id', 'ID', { pk: true, ai: true }),
  column('Name', 'SingleLineText'),
  column('N', 'Number'),
  column('Day', 'Date'),
];
const fields = columns.map(fieldOf);
const writes = createWrites('t', columns);
const rows: Row[] = [1, 2, 3, 4].map((Id) => ({ Id, Name: `row ${Id}`, N: Id, Day: null }));
const setting = { writes, fields, people: [], locale: 'en', required: 'must be filled in' };

describe('paste', () => {
  it('repeats over a selection that is a multiple of what is pasted', () => {
    expect(pasteArea([['x']], { x: 1, y: 0, width: 2, height: 3 })).toEqual({
      x: 1,
      y: 0,
      width: 2,
      height: 3,
    });
    expect(
      pasteArea(
        [
          ['x', 'y'],
          ['z', 'w'],
        ],
        { x: 1, y: 0, width: 3, height: 2 },
      ),
    ).toMatchObject({ width: 2 });
    const plan = planPaste([['x']], { x: 1, y: 0, width: 1, height: 4 }, rows, setting);
    expect(plan.changes.map(({ after }) => after)).toEqual(['x', 'x', 'x', 'x']);
  });

  it('leaves out keys, changes what exists and adds the rest', () => {
    const cells = [
      ['9', 'a', '10'],
      ['9', 'row 4', '4'],
      ['9', 'b', '1,000'],
    ];
    const plan = planPaste(cells, { x: 0, y: 2, width: 3, height: 3 }, rows.slice(2), setting);
    expect(plan.changes.map(({ key, field, after }) => [key, field.title, after])).toEqual([
      ['[3]', 'Name', 'a'],
      ['[3]', 'N', 10],
    ]);
    expect(plan.additions).toEqual([{ Name: 'b', N: 1000 }]);
    expect(plan.skipped.map(({ title }) => title)).toEqual(['Id']);
    expect(plan.refused).toEqual([]);
  });

  it('tells every value that does not fit, and where', () => {
    const plan = planPaste(
      [['x'], ['2'], ['y']],
      { x: 2, y: 1, width: 1, height: 3 },
      rows.slice(1),
      setting,
    );
    expect(plan.refused.map(({ row, text }) => [row, text])).toEqual([
      [1, 'x'],
      [3, 'y'],
    ]);
  });

  it('takes rows of different lengths as they are', () => {
    const plan = planPaste([['a', '7'], ['b']], { x: 1, y: 0, width: 2, height: 2 }, rows, setting);
    expect(plan.changes.map(({ after }) => after)).toEqual(['a', 7, 'b']);
  });
});

describe('fill', () => {
  const [, name, number, day] = fields;
  it('repeats patterns and goes on with series', () => {
    if (name === undefined || number === undefined || day === undefined) throw new Error('no fields');
    expect([2, 3, 4].map((place) => fillValue(number, [5, 10], place))).toEqual([15, 20, 25]);
    expect([-1, -2].map((place) => fillValue(number, [5, 10], place))).toEqual([0, -5]);
    expect([2, 3, 4].map((place) => fillValue(name, ['a', 'b'], place))).toEqual(['a', 'b', 'a']);
    expect([1, 2].map((place) => fillValue(number, [5], place))).toEqual([5, 5]);
    expect(fillValue(day, ['2024-02-28', '2024-02-29'], 2)).toBe('2024-03-01');
    expect(fillValue(number, [1, 2, 4], 3)).toBe(1);
  });

  it('never changes its source or a key', () => {
    const source = { x: 0, y: 0, width: 3, height: 2 };
    const changes = planFill(source, { x: 0, y: 0, width: 3, height: 4 }, 0, rows, fields, writes);
    expect(changes.map(({ key, field, after }) => [key, field.title, after])).toEqual([
      ['[3]', 'Name', 'row 1'],
      ['[4]', 'Name', 'row 2'],
    ]);
  });
});
