import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { any, type Condition, columnOf, compare, not } from '../../columnTypes/query.ts';
import { compile, renderCondition, renderExpr, renderOrder } from './compile.ts';
import { sqliteDialect as dialect } from './engines/sqlite/dialect.ts';
import { bound, join, raw, sql, toSql } from './fragment.ts';

const scope = { dialect, table: 'ta"ble' };
const textOf = (condition: Condition) => compile(renderCondition(condition, scope), dialect);

describe('names and values', () => {
  it('are quoted and bound, whatever they hold', () => {
    const hostile = columnOf('x" = 1; drop table t; --', 'text');
    expect(textOf(compare('=', hostile, "' or 1 = 1 --"))).toEqual({
      text: '("ta""ble"."x"" = 1; drop table t; --" = ?)',
      params: ["' or 1 = 1 --"],
    });
    expect(() => textOf(compare('=', columnOf('nul\0', 'text'), 'x'))).toThrow('NUL');
  });

  it('never meet in the text of a statement', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), fc.string(), (name, value, pattern) => {
        fc.pre(!name.includes('\0'));
        const column = columnOf(name, 'text');
        const plain = textOf(compare('=', column, 'v')).text;
        expect(textOf(compare('=', column, value)).text).toBe(plain);
        const match = textOf({ kind: 'matchesPattern', of: column, pattern });
        expect(match.params).toHaveLength(1);
        expect(match.text.replaceAll(name.replaceAll('"', '""'), '')).not.toContain('\0');
      }),
    );
  });
});

describe('conditions', () => {
  const a = columnOf('a', 'integer');

  it('of nothing are true or false', () => {
    expect(textOf({ kind: 'all', of: [] }).text).toBe('(1 = 1)');
    expect(textOf({ kind: 'any', of: [] }).text).toBe('(1 = 0)');
    expect(textOf({ kind: 'in', of: a, values: [null] }).text).toBe('(1 = 0)');
  });

  it('are balanced trees, flat where groups of a kind are inside each other', () => {
    let chain: Condition = compare('>', a, 0);
    for (let i = 1; i < 5000; i += 1) chain = { kind: 'any', of: [chain, compare('>', a, i)] };
    const { text, params } = textOf(chain);
    expect(params).toHaveLength(5000);
    let depth = 0;
    let deepest = 0;
    for (const letter of text) {
      if (letter === '(') depth += 1;
      if (letter === ')') depth -= 1;
      deepest = Math.max(deepest, depth);
    }
    expect(deepest).toBeLessThan(20);
  });

  it('join equalities of a column into one list', () => {
    const chain = any([1, 2, 3].map((value) => compare('=', a, value)));
    expect(textOf(chain)).toEqual({ text: '("ta""ble"."a" in (?, ?, ?))', params: [1n, 2n, 3n] });
  });

  it('lose double negations and are refused when nested too deeply', () => {
    expect(textOf(not(not(compare('=', a, 1)))).text).toBe('("ta""ble"."a" = ?)');
    let deep: Condition = compare('=', a, 1);
    for (let i = 0; i < 1000; i += 1) deep = not({ kind: 'all', of: [deep, compare('=', a, 2)] });
    expect(() => textOf(deep)).toThrow(expect.objectContaining({ code: 'INVALID_FILTER' }));
    const wide: Condition = { kind: 'all', of: Array.from({ length: 40_000 }, () => compare('=', a, 1)) };
    expect(() => textOf(wide)).toThrow(expect.objectContaining({ code: 'INVALID_FILTER' }));
    const long: Condition = {
      kind: 'matchesPattern',
      of: columnOf('t', 'text'),
      pattern: 'x'.repeat(50_001),
    };
    expect(() => textOf(long)).toThrow(expect.objectContaining({ code: 'INVALID_FILTER' }));
  });
});

describe('expressions', () => {
  it('bind the parameters of a piece as often as it is written', () => {
    const sum = renderExpr(
      {
        kind: 'aggregate',
        name: 'sum',
        storage: 'integer',
        of: {
          kind: 'case',
          storage: 'integer',
          branches: [
            {
              when: compare('=', columnOf('b', 'boolean'), true),
              value: { kind: 'value', value: 5, storage: 'integer' },
            },
          ],
          otherwise: { kind: 'value', value: 0, storage: 'integer' },
        },
      },
      scope,
    );
    expect(sum.params).toEqual([1n, 5n, 0n, 1n, 5n, 0n]);
    expect(toSql(sum, (n) => `$${n}`).text).toContain('$6');
  });

  it('sort decimals by two terms and everything else by one', () => {
    const order = (['text', 'decimal'] as const).map((storage) => ({
      expr: columnOf('c', storage),
      direction: 'desc' as const,
    }));
    expect(renderOrder(order, scope)?.parts.join('?').match(/ desc/g)).toHaveLength(3);
    expect(renderOrder([], scope)).toBeUndefined();
  });
});

it('pieces keep text and parameters in step', () => {
  const list = join([bound(1), raw('x'), bound(2)], ', ');
  const piece = sql`a ${list} b ${bound(3)}`;
  expect(toSql(piece, (n) => `$${n}`)).toEqual({ text: 'a $1, x, $2 b $3', params: [1, 2, 3] });
});
