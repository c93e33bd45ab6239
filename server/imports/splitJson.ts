import { AppError } from '../core/errors.ts';
import { parseExact, whyUnread } from './parseExact.ts';
import { createJsonScanner, type JsonPiece } from './scanJson.ts';

/** An element of the list that becomes a table, or what makes it unreadable. */
export interface Element {
  /** The member of the top-level object that holds the list; undefined for a list at the top. */
  readonly member: string | undefined;
  readonly number: number; // line or ordinal, from 1
  readonly text: string;
  /** A refused line instead of broken JSON for the whole file. */
  readonly lenient: boolean;
}

/** Values of the object's members that are no lists; they become one record. */
export type Rest = Map<string, unknown>;
export type ElementSource = (rest: Rest) => AsyncIterable<readonly Element[]>;

/** Longest line in characters: it is held in memory while it is parsed. */
const maxLine = 64 * 1024 * 1024;

function parseRest(member: string, text: string): unknown {
  try {
    return parseExact(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new AppError(
      'UNPROCESSABLE',
      `The file cannot be read: the member '${member.slice(0, 60)}' ${whyUnread(error)}.`,
    );
  }
}

/** Elements of a document's lists; members that are no lists are put into `rest`. */
export async function* splitJson(texts: AsyncIterable<string>, rest: Rest): AsyncGenerator<Element[]> {
  const scanner = createJsonScanner();
  const counts = new Map<string | undefined, number>();
  const elementsOf = (pieces: readonly JsonPiece[]): Element[] => {
    const elements: Element[] = [];
    for (const piece of pieces) {
      if (piece.kind === 'value') rest.set(piece.member, parseRest(piece.member, piece.text));
      if (piece.kind !== 'element') continue;
      const number = (counts.get(piece.member) ?? 0) + 1;
      counts.set(piece.member, number);
      elements.push({ member: piece.member, number, text: piece.text, lenient: false });
    }
    return elements;
  };
  for await (const text of texts) yield elementsOf(scanner.push(text));
  yield elementsOf(scanner.end());
}

function tooLong(line: number): AppError {
  return new AppError(
    'UNPROCESSABLE',
    `Line ${line} is longer than ${maxLine} characters. One record a line was expected; for one JSON document say format json.`,
  );
}

/** The lines of a text that are not blank, one record each. */
export async function* splitLines(texts: AsyncIterable<string>): AsyncGenerator<Element[]> {
  let parts: string[] = []; // of a line whose end has not arrived
  let length = 0;
  let line = 1;
  const elementOf = (text: string): Element[] =>
    text.trim() === '' ? [] : [{ member: undefined, number: line, text, lenient: true }];
  for await (const text of texts) {
    const elements: Element[] = [];
    let from = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      elements.push(...elementOf(parts.join('') + text.slice(from, end)));
      parts = [];
      length = 0;
      line += 1;
      from = end + 1;
    }
    parts.push(text.slice(from));
    length += text.length - from;
    if (length > maxLine) throw tooLong(line);
    yield elements;
  }
  yield elementOf(parts.join(''));
}
