import type { Comparison, Condition, Expr, StorageKind, Value } from '../../columnTypes/query.ts';

/**
 * The meaning of the narrow waist without any database: three-valued logic over
 * one row. Slow and obvious on purpose, to check types and engines against.
 */
export type Row = Readonly<Record<string, Value>>;

/** Canonical decimals as integers of one scale, so that they compare exactly. */
function scaled(a: string, b: string): readonly [bigint, bigint] {
  const places = Math.max(a.split('.')[1]?.length ?? 0, b.split('.')[1]?.length ?? 0);
  const scale = (text: string): bigint => {
    const [whole = '0', fraction = ''] = text.split('.');
    return BigInt(whole + fraction.padEnd(places, '0'));
  };
  return [scale(a), scale(b)];
}

function order(a: Exclude<Value, null>, b: Exclude<Value, null>, storage: StorageKind): number {
  if (typeof a === 'string' && storage !== 'decimal')
    return Buffer.compare(Buffer.from(a), Buffer.from(String(b)));
  const [x, y] = storage === 'decimal' ? scaled(String(a), String(b)) : [a, b];
  return x < y ? -1 : x > y ? 1 : 0;
}

function holds(op: Comparison, sign: number): boolean {
  switch (op) {
    case '=':
      return sign === 0;
    case '<>':
      return sign !== 0;
    case '<':
      return sign < 0;
    case '<=':
      return sign <= 0;
    case '>':
      return sign > 0;
    case '>=':
      return sign >= 0;
  }
}

export function evaluateExpr(expr: Expr, row: Row): Value {
  switch (expr.kind) {
    case 'column':
      return row[expr.name] ?? null;
    case 'value':
      return expr.value;
    case 'call': {
      const [first] = expr.args.map((arg) => evaluateExpr(arg, row));
      if (first === null || first === undefined) return null;
      return expr.name === 'lower' ? fold(String(first)) : [...String(first)].length;
    }
    case 'case': {
      const branch = expr.branches.find(({ when }) => evaluateCondition(when, row) === true);
      return evaluateExpr(branch?.value ?? expr.otherwise, row);
    }
    case 'aggregate':
      throw new Error('an aggregate has no value in one row');
  }
}

/** Lower case without regard to where in a word a sigma stands. */
const fold = (text: string): string => text.toLowerCase().replaceAll('ς', 'σ');

function matches(text: string, pattern: string): boolean {
  const source = [...fold(pattern)].map((c) =>
    c === '%' ? '.*' : c === '_' ? '.' : c.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&'),
  );
  return new RegExp(`^${source.join('')}$`, 'su').test(fold(text));
}

/** true, false, or null for unknown. */
export function evaluateCondition(condition: Condition, row: Row): boolean | null {
  switch (condition.kind) {
    case 'all': {
      const parts = condition.of.map((part) => evaluateCondition(part, row));
      return parts.includes(false) ? false : parts.includes(null) ? null : true;
    }
    case 'any': {
      const parts = condition.of.map((part) => evaluateCondition(part, row));
      return parts.includes(true) ? true : parts.includes(null) ? null : false;
    }
    case 'not': {
      const inner = evaluateCondition(condition.of, row);
      return inner === null ? null : !inner;
    }
    case 'isNull':
      return evaluateExpr(condition.of, row) === null;
    case 'compare': {
      const left = evaluateExpr(condition.left, row);
      const right = evaluateExpr(condition.right, row);
      if (left === null || right === null) return null;
      return holds(condition.op, order(left, right, condition.left.storage));
    }
    case 'matchesPattern': {
      const value = evaluateExpr(condition.of, row);
      return value === null ? null : matches(String(value), condition.pattern);
    }
    case 'hasItem': {
      const value = evaluateExpr(condition.of, row);
      if (value === null) return null;
      return fold(String(value)).split(',').includes(fold(condition.item));
    }
    case 'in': {
      const value = evaluateExpr(condition.of, row);
      if (condition.values.length === 0) return false;
      return value === null
        ? null
        : condition.values.some((v) => v !== null && order(value, v, condition.of.storage) === 0);
    }
  }
}
