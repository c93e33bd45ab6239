import { describe, expect, it } from 'vitest';
import {
  parseListQuery,
  type Query,
  readFields,
  readLimit,
  readOffset,
  readShuffle,
  readSort,
  readWhere,
} from './listQuery.ts';

const limits = { pageSizeDefault: 25, pageSizeMax: 1000 };
const asc = (field: string) => ({ field, direction: 'asc' });
const desc = (field: string) => ({ field, direction: 'desc' });

describe('list parameters', () => {
  it.each<[Query, string[] | undefined]>([
    [{}, undefined],
    [{ fields: '' }, undefined],
    [{ fields: 'Id, My Field,Id' }, ['Id', 'My Field']],
    [{ f: ['A', 'B,C'] }, ['A', 'B', 'C']],
    [{ 'fields[]': ['A', 'B'] }, ['A', 'B']],
    [{ fields: '["a, b","c"]' }, ['a, b', 'c']],
    [{ fields: '[x]' }, ['[x]']],
    [{ constructor: 'x' }, undefined],
  ])('fields %j', (query, fields) => expect(readFields(query)).toEqual(fields));

  it.each<[Query, unknown[]]>([
    [{}, []],
    [{ sort: '-A,B,+C, D ,-, - E' }, [desc('A'), asc('B'), asc('C'), asc('D'), desc('E')]],
    [{ s: ['-A', 'B'] }, [desc('A'), asc('B')]],
    [{ sort: '[{"field":"A","direction":"desc"},{"field":"B"}]' }, [desc('A'), asc('B')]],
    [
      {
        sortArrJson: '[{"fk_column_id":"c1","direction":"desc"},{"fk_column_id":"c2","direction":"false"},7]',
      },
      [desc('c1'), asc('c2')],
    ],
    [{ sort: 'A', sortArrJson: '[{"fk_column_id":"c1"}]' }, [asc('A')]],
    [{ sortArrJson: '[' }, []],
  ])('sort %j', (query, sort) => expect(readSort(query)).toEqual(sort));

  it.each<[string | undefined, number]>([
    [undefined, 25],
    ['', 25],
    ['0', 25],
    ['-3', 25],
    ['abc', 25],
    ['1.5', 25],
    ['1', 1],
    [' 40 ', 40],
    ['1000', 1000],
    ['1001', 1000],
    ['9'.repeat(400), 1000],
  ])('limit %j is %d', (limit, expected) => expect(readLimit({ limit }, limits)).toBe(expected));

  it.each<[Query, number]>([
    [{}, 0],
    [{ offset: '' }, 0],
    [{ offset: '7' }, 7],
    [{ o: '7' }, 7],
    [{ page: '1' }, 0],
    [{ page: '3', offset: '7' }, 20],
    [{ offset: '9'.repeat(400) }, Number.MAX_SAFE_INTEGER],
    [{ page: '9'.repeat(400) }, Number.MAX_SAFE_INTEGER],
  ])('offset %j is %d', (query, expected) => expect(readOffset(query, 10)).toBe(expected));

  it.each<Query>([
    { page: '0' },
    { page: '-1' },
    { page: 'x' },
    { offset: '-1' },
    { offset: 'x' },
    { offset: '1.5' },
  ])('refuses %j', (query) =>
    expect(() => readOffset(query, 10)).toThrow(
      expect.objectContaining({
        code: 'INVALID_OFFSET_VALUE',
        message: 'Offset must be a non-negative integer',
      }),
    ),
  );

  it.each<[string, boolean]>([
    ['1', true],
    ['true', true],
    ['0', false],
    ['', false],
  ])('shuffle %j', (r, expected) => expect(readShuffle({ r })).toBe(expected));

  it('joins every filter with and', () => {
    const query = {
      where: ['(A,eq,1)', '(B,eq,2)'],
      w: '(C,eq,3)',
      filterArrJson: '[{"fk_column_id":"c4","comparison_op":"blank"}]',
    };
    expect(readWhere(query)).toMatchObject({
      logic: 'and',
      of: [
        { logic: 'and', of: [{ field: 'A' }, { field: 'B' }, { field: 'C' }] },
        { field: 'c4', operator: 'blank' },
      ],
    });
    expect(readWhere({ filterArrJson: 'x' })).toBeUndefined();
  });

  it('reads a whole request', () => {
    expect(
      parseListQuery(
        { where: '@(A, eq, "1")', sort: '-A', l: '5', page: '2', pks: '1, 2,', viewId: 'vw1', r: '1' },
        limits,
      ),
    ).toEqual({
      where: { kind: 'term', field: 'A', operator: 'eq', argument: { text: '1', items: ['1'] }, not: false },
      viewId: 'vw1',
      fields: undefined,
      sort: [desc('A')],
      limit: 5,
      offset: 5,
      shuffle: true,
      keys: ['1', '2'],
    });
  });
});
