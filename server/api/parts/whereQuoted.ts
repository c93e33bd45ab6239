import { AppError } from '../../core/errors.ts';
import { type Grammar, isBlank, needsValue, skipBlanks } from './whereGrammar.ts';

/**
 * The quoted grammar: field, operator and values may stand in "…", '…' or `…`;
 * inside, everything but the same quote is literal, and the quote itself is
 * written twice. Unquoted words end at `,` or `)` and are trimmed. A bare
 * `null` is SQL's null, `"null"` the text.
 */

/** What stands at the position, short enough for a message. */
function foundAt(text: string, position: number): string {
  const rest = text.slice(position, position + 24).toWellFormed();
  if (rest === '') return 'the end of the filter';
  const connector = /^~\p{L}+/u.exec(rest);
  return `'${connector?.[0] ?? rest}'`;
}

const refuse: Grammar['refuse'] = (text, position, expected, hint) => {
  const found = foundAt(text, position);
  const details = { position, hint };
  switch (expected) {
    case 'operand':
      return new AppError(
        'INVALID_FILTER',
        `Invalid filter syntax: expected a logical operator like '~not' or opening parenthesis, but found ${found}`,
        details,
      );
    case 'connector':
      return new AppError(
        'INVALID_FILTER',
        `Invalid filter expression. Expected a valid logical operator like '~or' or '~and', but found ${found}`,
        details,
      );
    case 'close':
      return new AppError(
        'INVALID_FILTER',
        `Invalid filter syntax: expected a closing parentheses ')', but found ${found}`,
        details,
      );
    case 'term':
      return new AppError('INVALID_FILTER', `Invalid filter expression: ${hint}`, { position });
  }
};

interface Word {
  readonly text: string;
  readonly quoted: boolean;
  /** Index after the word and the blanks behind it. */
  readonly end: number;
}

/** The quoted word at `start`: the text up to the same quote; a doubled quote is one. */
function readQuoted(text: string, start: number): Word {
  const quote = text[start] as string;
  let value = '';
  let from = start + 1;
  for (;;) {
    const close = text.indexOf(quote, from);
    if (close === -1) throw refuse(text, start, 'term', `the quote ${quote} opened here is never closed.`);
    value += text.slice(from, close);
    if (text[close + 1] !== quote) return { text: value, quoted: true, end: skipBlanks(text, close + 1) };
    value += quote;
    from = close + 2;
  }
}

function readWord(text: string, position: number): Word {
  const start = skipBlanks(text, position);
  const first = text[start];
  if (first === '"' || first === "'" || first === '`') return readQuoted(text, start);
  let end = start;
  while (end < text.length && text[end] !== ',' && text[end] !== ')') end += 1;
  let last = end;
  while (last > start && isBlank(text[last - 1])) last -= 1;
  return { text: text.slice(start, last), quoted: false, end };
}

/** Requires the end of a word to be followed by a comma or the closing parenthesis. */
function endOfWord(text: string, word: Word): ',' | ')' {
  const next = text[word.end];
  if (next === ',' || next === ')') return next;
  throw refuse(
    text,
    word.end,
    'close',
    'A comma or a closing parenthesis follows a word; write a quote inside quotes twice.',
  );
}

function readWords(text: string, position: number): { words: Word[]; end: number } {
  const words: Word[] = [];
  let at = position;
  for (;;) {
    const word = readWord(text, at);
    words.push(word);
    at = word.end + 1;
    if (endOfWord(text, word) === ')') return { words, end: at };
  }
}

export const quoted: Grammar = {
  readTerm(text, start) {
    const field = readWord(text, start + 1);
    if (endOfWord(text, field) === ')') {
      throw refuse(text, start, 'term', 'a condition needs an operator: (field,operator,value).');
    }
    if (field.text === '') throw refuse(text, start, 'term', 'the condition names no field.');
    const operator = readWord(text, field.end + 1);
    if (operator.text === '')
      throw refuse(text, operator.end, 'term', 'the condition has no operator, e.g. eq or like.');
    const common = { kind: 'term', field: field.text, operator: operator.text, not: false } as const;
    if (endOfWord(text, operator) === ')') {
      if (needsValue(operator.text)) {
        throw refuse(text, operator.end, 'term', `operator '${operator.text}' needs a value.`);
      }
      return { term: { ...common, argument: { text: null, items: [] } }, end: operator.end + 1 };
    }
    const from = operator.end + 1;
    const { words, end } = readWords(text, from);
    const asWritten = !words.some((word) => word.quoted);
    return {
      term: {
        ...common,
        argument: {
          // Without quotes the text keeps the blanks after its commas, as the classic grammar does.
          text: asWritten ? text.slice(from, end - 1).trim() : words.map((word) => word.text).join(','),
          items: words.map((word) => (!word.quoted && word.text === 'null' ? null : word.text)),
        },
      },
      end,
    };
  },
  refuse,
  refuseWhole: (message) => new AppError('INVALID_FILTER', `Invalid filter: ${message}`),
};
