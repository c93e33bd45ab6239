import {
  type AnyOperator,
  isNullArgument,
  type OperatorTable,
  oneText,
  operatorTable,
  refuseValue,
} from './arguments.ts';
import { firstDay, firstInstant, writeDay, writeInstant } from './calendar.ts';
import type { FilterArgument, FilterContext } from './columnType.ts';
import { exactDate, readRange, readSpan, type Span, today } from './dateSpans.ts';
import { emptinessOperators, isBlank, isNotBlank, otherwise } from './operators.ts';
import { all, any, type Comparison, type Condition, compare, type Expr, isNotNull, isNull } from './query.ts';
import { startOfDay } from './zones.ts';

/** Half-open bounds of a span as values of the column; null: past the last year there is. */
interface Bounds {
  readonly from: string;
  readonly to: string | null;
  /** The span is one value of the column. */
  readonly single: boolean;
}

const smallest = (column: Expr): string =>
  (column.storage === 'date' ? writeDay(firstDay) : writeInstant(firstInstant)) ?? '';

function boundsOf(column: Expr, span: Span, context: FilterContext): Bounds {
  if (column.storage === 'date') {
    const [first, last] = span.kind === 'days' ? [span.first, span.last] : [span.day, span.day];
    return {
      from: writeDay(first) ?? smallest(column),
      to: writeDay(last + 1) ?? null,
      single: first === last,
    };
  }
  if (span.kind === 'second') {
    return {
      from: writeInstant(span.at) ?? smallest(column),
      to: writeInstant(span.at + 1) ?? null,
      single: true,
    };
  }
  today(context); // refuses an unknown zone
  const from = startOfDay(span.first, context.timeZone);
  const to = startOfDay(span.last + 1, context.timeZone);
  return { from: writeInstant(from) ?? smallest(column), to: writeInstant(to) ?? null, single: false };
}

/** Before the end of the span; true for every cell where the calendar ends first. */
const beforeEnd = (column: Expr, to: string | null): Condition =>
  to === null ? compare('>=', column, smallest(column)) : compare('<', column, to);
const afterEnd = (column: Expr, to: string | null): Condition =>
  to === null ? compare('<', column, smallest(column)) : compare('>=', column, to);

function compareSpan(column: Expr, op: Comparison, span: Span, context: FilterContext): Condition {
  const { from, to, single } = boundsOf(column, span, context);
  switch (op) {
    case '=':
      if (single) return compare('=', column, from);
      return all([compare('>=', column, from), beforeEnd(column, to)]);
    case '<>':
      if (single) return compare('<>', column, from);
      return any([compare('<', column, from), afterEnd(column, to)]);
    case '<':
      return compare('<', column, from);
    case '>=':
      return compare('>=', column, from);
    case '>':
      return afterEnd(column, to);
    case '<=':
      return beforeEnd(column, to);
  }
}

/** eq and neq without a date ask for empty cells. */
function asksForBlank(argument: FilterArgument): boolean {
  const [first, second] = argument.items;
  if (first?.trim() === exactDate)
    return argument.items.length === 2 && (second === null || second?.trim() === '');
  return argument.items.length === 1 && first?.trim() === '';
}

function compareArgument(name: string, op: Comparison): AnyOperator {
  return (column, argument, _options, context) => {
    oneText(argument); // refuses a missing value
    return compareSpan(column, op, readSpan(name, argument.items, context).span, context);
  };
}

const eq: AnyOperator = (column, argument, options, context) => {
  if (isNullArgument(argument)) return isNull(column);
  if (asksForBlank(argument)) return isBlank(column);
  return compareArgument('eq', '=')(column, argument, options, context);
};

const neq: AnyOperator = (column, argument, options, context) => {
  if (isNullArgument(argument)) return isNotNull(column);
  if (asksForBlank(argument)) return isNotBlank(column);
  return otherwise(column, compareArgument('neq', '<>')(column, argument, options, context));
};

const isWithin: AnyOperator = (column, argument, _options, context) => {
  oneText(argument); // refuses a missing value
  return compareSpan(column, '=', readRange(argument.items, context), context);
};

function readTwo(name: string, argument: FilterArgument, context: FilterContext): readonly [Span, Span] {
  const low = readSpan(name, argument.items, context);
  const high = readSpan(name, argument.items.slice(low.took), context);
  if (low.took + high.took !== argument.items.length) {
    throw refuseValue(
      argument.text ?? 'null',
      `'${name}' needs exactly two dates, e.g. (Field,btw,2024-01-01,2024-12-31).`,
    );
  }
  return [low.span, high.span];
}

const btw: AnyOperator = (column, argument, _options, context) => {
  const [low, high] = readTwo('btw', argument, context);
  return all([compareSpan(column, '>=', low, context), compareSpan(column, '<=', high, context)]);
};

const nbtw: AnyOperator = (column, argument, _options, context) => {
  const [low, high] = readTwo('nbtw', argument, context);
  return otherwise(
    column,
    any([compareSpan(column, '<', low, context), compareSpan(column, '>', high, context)]),
  );
};

/** What dates and instants are filtered by; a day begins where the context's time zone says. */
export const dateOperators: OperatorTable = operatorTable(emptinessOperators, {
  eq,
  neq,
  not: neq,
  gt: compareArgument('gt', '>'),
  gte: compareArgument('gte', '>='),
  ge: compareArgument('ge', '>='),
  lt: compareArgument('lt', '<'),
  lte: compareArgument('lte', '<='),
  le: compareArgument('le', '<='),
  btw,
  nbtw,
  isWithin,
  gb_eq: eq,
});
