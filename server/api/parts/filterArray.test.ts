import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../core/errors.ts';
import { maxFilterDepth, maxFilterTerms } from '../../core/query/limits.ts';
import { statuses } from '../statuses.ts';
import { parseFilterArray, readFilterRows } from './filterArray.ts';

const row = (field: string, rest: Record<string, unknown> = {}) => ({
  fk_column_id: field,
  comparison_op: 'eq',
  value: '1',
  ...rest,
});
const term = (field: string, text: string | null, items: (string | null)[], operator = 'eq') => ({
  kind: 'term',
  field,
  operator,
  argument: { text, items },
  not: false,
});
const a = term('cA', '1', ['1']);
const b = term('cB', '1', ['1']);
const c = term('cC', '1', ['1']);
const group = (logic: string, ...of: unknown[]) => ({ kind: 'group', logic, not: false, of });

describe('filter rows', () => {
  it.each<[string, unknown[], unknown]>([
    ['none', [], undefined],
    ['one', [row('cA')], a],
    ['and unless said', [row('cA'), row('cB', { logical_op: null })], group('and', a, b)],
    ['or', [row('cA', { logical_op: 'or' }), row('cB', { logical_op: 'or' })], group('or', a, b)],
    [
      'and binds tighter',
      [row('cA'), row('cB', { logical_op: 'or' }), row('cC', { logical_op: 'and' })],
      group('or', a, group('and', b, c)),
    ],
    [
      'a group',
      [
        row('cA'),
        { is_group: true, logical_op: 'and', children: [row('cB'), row('cC', { logical_op: 'or' })] },
      ],
      group('and', a, group('or', b, c)),
    ],
    [
      'empty groups and rows',
      [{ is_group: true }, { is_group: true, children: [] }, { fk_column_id: 'cA' }, {}, row('cB')],
      b,
    ],
    ['switched off', [row('cA', { enabled: false }), row('cB')], b],
    ['a number', [row('cA', { value: 5 })], term('cA', '5', ['5'])],
    [
      'a list',
      [row('cA', { comparison_op: 'in', value: ['x, y', 1, null] })],
      term('cA', 'x, y,1,null', ['x, y', '1', null], 'in'),
    ],
    ['null', [row('cA', { value: null })], term('cA', 'null', [null])],
    ['no value wanted', [row('cA', { comparison_op: 'blank', value: null })], term('cA', null, [], 'blank')],
    ['a date word', [row('cA', { comparison_sub_op: 'today', value: null })], term('cA', 'today', ['today'])],
    [
      'a date word with number',
      [row('cA', { comparison_sub_op: 'daysAgo', value: 3 })],
      term('cA', 'daysAgo,3', ['daysAgo', '3']),
    ],
  ])('%s', (_name, rows, tree) => expect(parseFilterArray(JSON.stringify(rows))).toEqual(tree));

  it.each(['', 'x', '{', '{}', '1', 'null', '"a"'])('ignores %j', (text) =>
    expect(parseFilterArray(text)).toBeUndefined(),
  );

  it.each<[unknown[], string]>([
    [[1], '[0]: a filter is an object'],
    [[row('cA'), { is_group: true, children: [row('cB', { value: {} })] }], '[1].children[0]: value must be'],
    [[{ fk_column_id: 1, comparison_op: 'eq' }], '[0]: fk_column_id must be a text'],
    [[{ fk_column_id: 'cA', comparison_op: 'eq' }], "[0]: operator 'eq' needs a value"],
    [[row('cA', { logical_op: 'xor' })], '[0]: logical_op must be and or or'],
    [[row('cA', { value: '\0' })], 'NUL'],
    [Array.from({ length: maxFilterTerms + 1 }, () => row('cA')), 'conditions'],
  ])('refuses %#', (rows, message) => expect(() => readFilterRows(rows)).toThrow(message));

  it('refuses depth', () => {
    let rows: unknown[] = [row('cA')];
    for (let i = 1; i < maxFilterDepth; i += 1) rows = [{ is_group: true, children: rows }];
    expect(readFilterRows(rows)).toEqual(a);
    expect(() => readFilterRows([{ is_group: true, children: rows }])).toThrow('nests more than');
    expect(() => parseFilterArray(`${'[{"children":'.repeat(100_000)}[]${'}]'.repeat(100_000)}`)).toThrow(
      AppError,
    );
  });

  it('reads any JSON to a tree or a refusal', () => {
    const keys = fc.constantFrom(
      'fk_column_id',
      'comparison_op',
      'comparison_sub_op',
      'value',
      'logical_op',
      'is_group',
      'children',
      'enabled',
      '__proto__',
    );
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(keys, tie('value')),
      ),
    })).value;
    fc.assert(
      fc.property(fc.array(json, { maxLength: 4 }), (rows) => {
        try {
          readFilterRows(rows);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          expect(statuses[error.code]).toBe(422);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
