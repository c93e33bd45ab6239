import { AppError } from '../../core/errors.ts';
import { type Grammar, needsValue } from './whereGrammar.ts';

/**
 * The classic grammar: `(field,operator,value)` without quoting. Field and
 * operator end at the first comma outside parentheses, the value is everything
 * after the second one up to the matching parenthesis, so commas and balanced
 * parentheses inside survive.
 *
 * Blanks: field and operator are trimmed. A value is kept as it is, blanks
 * included, except in a condition that has blanks around its field or operator:
 * `(Name, eq, x)` is plainly written for the eye, so its value is trimmed too.
 */

const hint =
  "To use commas, quotes or single parentheses freely, begin the filter with '@' and quote the value.";

const refuse: Grammar['refuse'] = (_text, position, _expected, reason) =>
  new AppError('UNPROCESSABLE', 'Invalid filter format.', { position, hint: reason });

interface Commas {
  readonly first: number;
  readonly second: number;
  readonly close: number;
}

/** Where the condition that opens at `start` ends and is divided; -1 for a comma that is not there. */
function findCommas(text: string, start: number): Commas {
  let depth = 0;
  let first = -1;
  let second = -1;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x28) depth += 1;
    else if (code === 0x29) {
      depth -= 1;
      if (depth === 0) return { first, second, close: at };
    } else if (code === 0x2c && depth === 1) {
      if (first === -1) first = at;
      else if (second === -1) second = at;
    }
  }
  throw refuse(text, start, 'term', `The parenthesis opened here is never closed. ${hint}`);
}

export const classic: Grammar = {
  readTerm(text, start) {
    const { first, second, close } = findCommas(text, start);
    if (first === -1)
      throw refuse(text, start, 'term', 'A condition needs an operator: (field,operator,value).');
    const rawField = text.slice(start + 1, first);
    const rawOperator = text.slice(first + 1, second === -1 ? close : second);
    const field = rawField.trim();
    const operator = rawOperator.trim();
    if (field === '') throw refuse(text, start + 1, 'term', 'The condition names no field.');
    if (operator === '')
      throw refuse(text, first + 1, 'term', 'The condition has no operator, e.g. eq or like.');
    const relaxed = field !== rawField || operator !== rawOperator;
    const end = close + 1;
    if (second === -1) {
      if (needsValue(operator)) {
        throw refuse(
          text,
          close,
          'term',
          `Operator '${operator}' needs a value: (${field},${operator},value).`,
        );
      }
      return {
        term: { kind: 'term', field, operator, argument: { text: null, items: [] }, not: false },
        end,
      };
    }
    const raw = text.slice(second + 1, close);
    const argument = relaxed
      ? { text: raw.trim(), items: raw.split(',').map((item) => item.trim()) }
      : { text: raw, items: raw.split(',') };
    return { term: { kind: 'term', field, operator, argument, not: false }, end };
  },
  refuse,
  refuseWhole: (message) => new AppError('UNPROCESSABLE', message),
};
