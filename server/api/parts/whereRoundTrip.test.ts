import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FilterNode } from '../../core/query/request.ts';
import { parseWhere } from './where.ts';

/** What is written is what is read, for random trees of hostile titles and values. */

const group = (logic: 'and' | 'or', ...of: FilterNode[]): FilterNode => ({
  kind: 'group',
  logic,
  not: false,
  of,
});
const not = (node: FilterNode): FilterNode => ({ ...node, not: !node.not });

/** Texts the classic grammar can say: balanced, no comma in words, no blank at the ends. */
const plainWord = fc
  .string({ unit: fc.constantFrom(...'aZ09é☃ _-.:;/\\"\'`~@%=<>&?#'), minLength: 1, maxLength: 12 })
  .filter((word) => word.trim() === word && !word.startsWith('~not'));
const balanced = fc.letrec<{ text: string }>((tie) => ({
  text: fc
    .array(
      fc.oneof(
        { maxDepth: 3 },
        plainWord,
        fc.constantFrom(',', ' ', '~and', '~or'),
        tie('text').map((t) => `(${t})`),
      ),
      { maxLength: 5 },
    )
    .map((parts) => parts.join('')),
})).text;
/** Anything a text can hold. */
const anyText = fc
  .string({ unit: 'grapheme', maxLength: 15 })
  .filter((text) => text.isWellFormed() && !text.includes('\0'));
const hostile = fc.oneof(
  anyText,
  balanced,
  fc.constantFrom('null', '', '"', "'", '`', '""', "');--", '~not(', ' a ', '\n'),
);

const quoteOf = (text: string, quote: string): string =>
  `${quote}${text.replaceAll(quote, quote + quote)}${quote}`;
const quotes = fc.constantFrom('"', "'", '`');

type Written = { tree: FilterNode; text: string };

const classicTerm: fc.Arbitrary<Written> = fc
  .tuple(plainWord, fc.constantFrom('eq', 'like', 'in'), balanced)
  .map(([field, op, value]) => ({
    tree: {
      kind: 'term',
      field,
      operator: op,
      argument: { text: value, items: value.split(',') },
      not: false,
    },
    text: `(${field},${op},${value})`,
  }));

const quotedTerm: fc.Arbitrary<Written> = fc
  .tuple(
    hostile.filter((f) => f !== ''),
    fc.constantFrom('eq', 'in', 'foo'),
    fc.array(fc.option(hostile), { minLength: 1, maxLength: 4 }),
    quotes,
    fc.constantFrom('', ' '),
  )
  .map(([field, op, items, quote, blank]) => ({
    tree: {
      kind: 'term',
      field,
      operator: op,
      argument: {
        text: items.map((i) => i ?? 'null').join(items.every((i) => i === null) ? `${blank},${blank}` : ','),
        items,
      },
      not: false,
    },
    text: `(${[field, op, ...items].map((item) => blank + (item === null ? 'null' : quoteOf(item, quote)) + blank).join(',')})`,
  }));

function trees(leaf: fc.Arbitrary<Written>): fc.Arbitrary<Written> {
  const negated = (node: fc.Arbitrary<Written>) =>
    fc
      .tuple(node, fc.boolean())
      .map(([{ tree, text }, no]) => (no ? { tree: not(tree), text: `~not${text}` } : { tree, text }));
  return fc.letrec<{ node: Written }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      negated(leaf),
      negated(
        fc
          .tuple(
            fc.constantFrom('and' as const, 'or' as const),
            fc.array(tie('node'), { minLength: 2, maxLength: 4 }),
            fc.constantFrom('', ' '),
          )
          .map(([logic, nodes, blank]) => ({
            tree: group(logic, ...nodes.map((node) => node.tree)),
            text: `(${nodes.map((node) => node.text).join(`${blank}~${logic}${blank}`)})`,
          })),
      ),
    ),
  })).node;
}

describe('reading what was written', () => {
  it('classic', () => {
    fc.assert(
      fc.property(trees(classicTerm), ({ tree, text }) => {
        expect(parseWhere(text)).toEqual(tree);
      }),
      { numRuns: 500 },
    );
  });
  it('quoted, with any titles and values', () => {
    fc.assert(
      fc.property(trees(quotedTerm), ({ tree, text }) => {
        expect(parseWhere(text, 'quoted')).toEqual(tree);
      }),
      { numRuns: 500 },
    );
  });
});
