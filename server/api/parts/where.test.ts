import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../core/errors.ts';
import { maxFilterDepth, maxFilterTerms } from '../../core/query/limits.ts';
import type { FilterNode, FilterTerm } from '../../core/query/request.ts';
import { statuses } from '../statuses.ts';
import { type GrammarName, parseWhere, parseWheres } from './where.ts';

const term = (field: string, operator: string, ...items: (string | null)[]): FilterTerm => ({
  kind: 'term',
  field,
  operator,
  argument:
    items.length === 0 ? { text: null, items } : { text: items.map((i) => i ?? 'null').join(','), items },
  not: false,
});
const group = (logic: 'and' | 'or', ...of: FilterNode[]): FilterNode => ({
  kind: 'group',
  logic,
  not: false,
  of,
});
const not = (node: FilterNode): FilterNode => ({ ...node, not: !node.not });

const a = term('A', 'eq', '1');
const b = term('B', 'eq', '2');
const c = term('C', 'eq', '3');
const d = term('D', 'eq', '4');

function refusal(text: string, grammar: GrammarName = 'classic'): AppError {
  try {
    parseWhere(text, grammar);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
}

describe.each(['classic', 'quoted'] as const)('both grammars: %s', (grammar) => {
  const A = '(A,eq,1)';
  const B = '(B,eq,2)';
  const C = '(C,eq,3)';
  const D = '(D,eq,4)';
  it.each<[string, FilterNode | undefined]>([
    ['', undefined],
    [' \t ', undefined],
    [A, a],
    [`((${A}))`, a],
    [`${A}~and${B}`, group('and', a, b)],
    [`${A}~or${B}~and${C}`, group('or', a, group('and', b, c))],
    [`${A}~and${B}~or${C}~and${D}`, group('or', group('and', a, b), group('and', c, d))],
    [`(${A}~or${B})~and${C}`, group('and', group('or', a, b), c)],
    [`(${A}~or${B})~and(${C}~or${D})`, group('and', group('or', a, b), group('or', c, d))],
    [`((A,eq,1)~or(B,eq,2))~and((C,eq,3)~or(D,eq,4))`, group('and', group('or', a, b), group('or', c, d))],
    [`~not${A}`, not(a)],
    [`(~not${A})`, not(a)],
    [`${A}~and~not${B}`, group('and', a, not(b))],
    [`~not(${A}~or${B})`, not(group('or', a, b))],
    [`${A}~and~not(${B}~or~not${C})`, group('and', a, not(group('or', b, not(c))))],
    [`~not~not${A}`, a],
    [` ( ${A} ~or ${B} ) ~and ~not ${C} `, group('and', group('or', a, b), not(c))],
    ['(A,blank)', term('A', 'blank')],
    ['(My Field,eq,x y)', term('My Field', 'eq', 'x y')],
    ['(A,eq,)', term('A', 'eq', '')],
    ['( A , eq ,1)', a],
    ['(D,eq,daysAgo,3)', term('D', 'eq', 'daysAgo', '3')],
    ['(A,in,1,2,3)', term('A', 'in', '1', '2', '3')],
  ])('%s', (text, tree) => expect(parseWhere(text, grammar)).toEqual(tree));

  it.each([
    'x',
    '(',
    ')',
    '()',
    '(A',
    '(A)',
    '(A,',
    '(A,)',
    '(,eq,1)',
    '(A,,1)',
    '(A,eq)',
    '((A,eq,1)',
    '(A,eq,1))',
    '(A,eq,1)(B,eq,2)',
    '(A,eq,1)~and',
    '~and(A,eq,1)',
    '(A,eq,1)~AND(B,eq,2)',
    '(A,eq,1)~xor(B,eq,2)',
    '~not',
    '(~not)',
    '(())',
    '(A,eq,1)~and~and(B,eq,2)',
    '(A,eq,1) x',
    '(A,eq,\0)',
    '(A,eq,\ud800)',
  ])('refuses %j', (text) => {
    const error = refusal(text, grammar);
    expect(statuses[error.code]).toBe(422);
    expect(error.code).toBe(grammar === 'classic' ? 'UNPROCESSABLE' : 'INVALID_FILTER');
  });

  it('says what to do when a filter is too large', () => {
    const many = (count: number) => Array.from({ length: count }, () => A).join('~and');
    expect(parseWhere(many(maxFilterTerms), grammar)).toBeDefined();
    expect(refusal(many(maxFilterTerms + 1), grammar).message).toContain(
      `more than ${maxFilterTerms} conditions`,
    );
    expect(refusal(many(10_000), grammar).message).toContain('split the request');
    const deep = (levels: number) => `${'('.repeat(levels)}${A}${')'.repeat(levels)}`;
    expect(parseWhere(deep(maxFilterDepth), grammar)).toEqual(a);
    expect(refusal(deep(maxFilterDepth + 1), grammar).message).toContain(
      `more than ${maxFilterDepth} groups`,
    );
    expect(refusal('('.repeat(1_000_000), grammar).message).toContain(`more than ${maxFilterDepth} groups`);
  });

  it('reads any text to a tree or a refusal, and nothing else', () => {
    const pieces = fc.constantFrom(
      ...'()~,"\'`@ \0\ud800'.split(''),
      '~and',
      '~or',
      '~not',
      'eq',
      'null',
      'A',
      '(A,eq,1)',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 30 }).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        try {
          parseWhere(text, grammar);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          expect(statuses[error.code]).toBe(422);
          expect(error.message.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('reads long hostile texts in one pass', () => {
    const long = 200_000;
    const texts = [
      '(A,eq,',
      '(',
      ')',
      ' ',
      '~not',
      '( ',
      '(A,eq,1)',
      '"',
      '(A,eq,"',
      '(A,eq,1)~and',
      '(~not ',
    ].flatMap((piece) => [piece.repeat(long / piece.length), `(A,eq,${piece.repeat(long / piece.length)})`]);
    for (const text of texts) {
      try {
        parseWhere(text, grammar);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
      }
    }
  });
});

describe('the classic grammar', () => {
  it.each<[string, FilterNode]>([
    [
      '(My Field,eq,a, b (c))',
      { ...term('My Field', 'eq'), argument: { text: 'a, b (c)', items: ['a', ' b (c)'] } },
    ],
    ['(Name,eq,null)', term('Name', 'eq', 'null')],
    ['(Name,eq, x )', term('Name', 'eq', ' x ')],
    ['(Name, eq, x )', term('Name', 'eq', 'x')],
    ['(Name, in, a, b )', { ...term('Name', 'in'), argument: { text: 'a, b', items: ['a', 'b'] } }],
    ['(Price (EUR),gt,5)', term('Price (EUR)', 'gt', '5')],
    ['(Size (w, h),eq,1)', term('Size (w, h)', 'eq', '1')],
    ['(Name,eq,"a")', term('Name', 'eq', '"a"')],
    ['@(Name, eq, "a, b")', term('Name', 'eq', 'a, b')],
    [' @ (Name,eq,null)', term('Name', 'eq', null)],
  ])('%s', (text, tree) => expect(parseWhere(text)).toEqual(tree));

  it('keeps the text clients know and adds place and hint', () => {
    const error = refusal('(Name,eq,1)~AND(B,eq,2)');
    expect(error.message).toBe('Invalid filter format.');
    expect(error.details).toEqual({
      position: 11,
      hint: 'Conditions are joined by ~and or ~or, in lower case.',
    });
    expect(refusal('(Name,eq)').details).toEqual({
      position: 8,
      hint: "Operator 'eq' needs a value: (Name,eq,value).",
    });
  });

  it('joins repeated filters with and, within one limit', () => {
    expect(parseWheres(['(A,eq,1)~or(B,eq,2)', '', '@(C,eq,3)'])).toEqual(group('and', group('or', a, b), c));
    expect(parseWheres([])).toBeUndefined();
    const half = Array.from({ length: maxFilterTerms / 2 + 1 }, () => '(A,eq,1)').join('~and');
    expect(() => parseWheres([half, half])).toThrow('conditions');
  });
});

describe('the quoted grammar', () => {
  it.each<[string, FilterNode]>([
    [`("My, Field" , 'eq' , \`it's\` )`, term('My, Field', 'eq', "it's")],
    ['(Name,eq,"")', term('Name', 'eq', '')],
    ['(Name,eq,"null")', term('Name', 'eq', 'null')],
    ['(Name,eq,null)', term('Name', 'eq', null)],
    ['(Name,eq,"say ""hi""")', term('Name', 'eq', 'say "hi"')],
    ['(Name,eq,a(b)', term('Name', 'eq', 'a(b')],
    ['(Name,eq,a, b)', { ...term('Name', 'eq'), argument: { text: 'a, b', items: ['a', 'b'] } }],
    [
      '("CreatedAt",gte,exactDate,"2024-01-01T00:00:00.000Z")',
      term('CreatedAt', 'gte', 'exactDate', '2024-01-01T00:00:00.000Z'),
    ],
    ['(Name,in,"a","b",null)', term('Name', 'in', 'a', 'b', null)],
  ])('%s', (text, tree) => expect(parseWhere(text, 'quoted')).toEqual(tree));

  it.each([
    [
      'x',
      "Invalid filter syntax: expected a logical operator like '~not' or opening parenthesis, but found 'x'",
    ],
    [
      '(A,eq,1)~AND(B,eq,2)',
      "Invalid filter expression. Expected a valid logical operator like '~or' or '~and', but found '~AND'",
    ],
    ['(A,eq,"1"2)', "Invalid filter syntax: expected a closing parentheses ')', but found '2)'"],
    [
      '((A,eq,1)',
      "Invalid filter syntax: expected a closing parentheses ')', but found the end of the filter",
    ],
    ['(A,eq)', "Invalid filter expression: operator 'eq' needs a value."],
    ['(A,eq,"1)', 'Invalid filter expression: the quote " opened here is never closed.'],
  ])('%s: %s', (text, message) => expect(refusal(text, 'quoted').message).toBe(message));
});
