import { describe, expect, it } from 'vitest';
import { singleLineText } from '../../../columnTypes/singleLineText/type.ts';
import { singleSelect } from '../../../columnTypes/singleSelect/type.ts';
import { choicesOf, completeChoices, keepChoiceIds, planChoiceChanges, takesChoices } from './choices.ts';

const current = [
  { id: 's1', title: 'a' },
  { id: 's2', title: 'b' },
];

describe('choices', () => {
  it('are known by the type and the options', () => {
    expect(takesChoices(singleSelect)).toBe(true);
    expect(takesChoices(singleLineText)).toBe(false);
    expect(choicesOf({ options: current })).toBe(current);
    expect(choicesOf({})).toBeUndefined();
    expect(choicesOf(null)).toBeUndefined();
  });

  it('get an id each', () => {
    let n = 0;
    const given = { options: ['a', { title: 'b', id: '' }, { title: 'c', id: 's9' }, null], other: 1 };
    expect(completeChoices(given, () => `new${++n}`)).toEqual({
      options: [{ title: 'a', id: 'new1' }, { title: 'b', id: 'new2' }, { title: 'c', id: 's9' }, null],
      other: 1,
    });
    expect(completeChoices('text', () => '')).toBe('text');
  });

  it('keep their id by title, and no foreign one', () => {
    const given = { options: [' b ', { id: 's1', title: 'z' }, { id: 'foreign', title: 'new' }] };
    expect(keepChoiceIds(given, current)).toEqual({
      options: [{ title: ' b ', id: 's2' }, { id: 's1', title: 'z' }, { title: 'new' }],
    });
  });

  it('tell what becomes of values', () => {
    expect([
      ...planChoiceChanges(current, [
        { id: 's1', title: 'b' },
        { id: 's3', title: 'a' },
      ]),
    ]).toEqual([
      ['a', 'b'],
      ['b', null],
    ]);
    expect(planChoiceChanges(current, current).size).toBe(0);
  });
});
