import { AppError } from '../core/errors.ts';

/**
 * Splits one JSON document into the elements of its array, or of the arrays in
 * its object, without holding more than one element. The elements are then
 * parsed by JSON.parse, so this only has to find where they end.
 */

export type JsonPiece =
  /** An element of the top-level array (`member` undefined) or of a member's array. */
  | { readonly kind: 'element'; readonly member: string | undefined; readonly text: string }
  /** An array begins. */
  | { readonly kind: 'array'; readonly member: string | undefined }
  /** A member of the top-level object that is no array. */
  | { readonly kind: 'value'; readonly member: string; readonly text: string };

export interface JsonScanner {
  push(text: string): JsonPiece[];
  end(): JsonPiece[];
}

/** Longest element in characters: it is held in memory while it is parsed. */
const maxElement = 64 * 1024 * 1024;

type Mode =
  | 'start'
  | 'element'
  | 'firstElement'
  | 'afterElement'
  | 'key'
  | 'firstKey'
  | 'colon'
  | 'value'
  | 'afterValue'
  | 'end';

interface State {
  mode: Mode;
  buffer: string;
  /** Where reading goes on in the buffer. */
  at: number;
  /** Where the value being read begins; -1 between values. */
  from: number;
  depth: number;
  inString: boolean;
  member: string | undefined;
  /** Characters before the buffer. */
  passed: number;
  pieces: JsonPiece[];
}

function broken(state: State, expected: string): AppError {
  const place = state.passed + state.at + 1;
  const found = state.at < state.buffer.length ? `'${state.buffer[state.at]}'` : 'the end of the file';
  return new AppError(
    'UNPROCESSABLE',
    `The file is not valid JSON: ${expected} was expected at character ${place}, but ${found} stands there.`,
  );
}

/** Moves over a string's rest; false while its end has not arrived. */
function passString(state: State): boolean {
  const { buffer } = state;
  for (;;) {
    const close = buffer.indexOf('"', state.at);
    if (close === -1) {
      state.at = buffer.length;
      return false;
    }
    let slashes = 0;
    while (close - 1 - slashes >= state.from && buffer[close - 1 - slashes] === '\\') slashes += 1;
    state.at = close + 1;
    if (slashes % 2 === 0) {
      state.inString = false;
      return true;
    }
  }
}

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;

/** The text of the value that begins at `from`; undefined while its end has not arrived. */
function takeValue(state: State, final: boolean): string | undefined {
  const { buffer } = state;
  if (state.from === -1) state.from = state.at;
  while (state.inString || state.at < buffer.length) {
    if (state.inString) {
      if (!passString(state)) return undefined;
      if (state.depth === 0) return finish(state);
      continue;
    }
    const code = buffer.charCodeAt(state.at);
    const ends = code === 93 || code === 125; // ] }
    if (state.depth === 0 && (ends || code === 44 || code === 58 || isSpace(code))) return finish(state);
    state.at += 1;
    if (code === 34) state.inString = true;
    else if (code === 91 || code === 123) state.depth += 1;
    else if (ends) state.depth -= 1;
    if (ends && state.depth === 0) return finish(state);
  }
  return final && state.depth === 0 && state.at > state.from ? finish(state) : undefined;
}

function finish(state: State): string {
  const text = state.buffer.slice(state.from, state.at);
  state.from = -1;
  return text;
}

function parseKey(state: State, text: string): string {
  try {
    const key: unknown = JSON.parse(text);
    if (typeof key === 'string') return key;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw broken(state, "a member's name in quotes");
}

function openArray(state: State, member: string | undefined): void {
  state.at += 1;
  state.member = member;
  state.mode = 'firstElement';
  state.pieces.push({ kind: 'array', member });
}

function readStart(state: State, character: string): void {
  if (character === '[') openArray(state, undefined);
  else if (character === '{') {
    state.at += 1;
    state.mode = 'firstKey';
  } else throw broken(state, 'a list [ or an object {');
}

function readElement(state: State, character: string, final: boolean): boolean {
  if (state.from === -1 && character === ']' && state.mode === 'firstElement') {
    state.at += 1;
    state.mode = state.member === undefined ? 'end' : 'afterValue';
    return true;
  }
  const text = takeValue(state, final);
  if (text === undefined) return false;
  if (text === '') throw broken(state, 'a value');
  state.pieces.push({ kind: 'element', member: state.member, text });
  state.mode = 'afterElement';
  return true;
}

function readKey(state: State, character: string, final: boolean): boolean {
  if (state.from === -1 && character === '}' && state.mode === 'firstKey') {
    state.at += 1;
    state.mode = 'end';
    return true;
  }
  const text = takeValue(state, final);
  if (text === undefined) return false;
  state.member = parseKey(state, text);
  state.mode = 'colon';
  return true;
}

function readMemberValue(state: State, character: string, final: boolean): boolean {
  if (state.from === -1 && character === '[') {
    openArray(state, state.member);
    return true;
  }
  const text = takeValue(state, final);
  if (text === undefined) return false;
  if (text === '') throw broken(state, 'a value');
  state.pieces.push({ kind: 'value', member: state.member ?? '', text });
  state.mode = 'afterValue';
  return true;
}

const marks: Partial<Record<Mode, readonly (readonly [string, Mode])[]>> = {
  colon: [[':', 'value']],
  afterElement: [
    [',', 'element'],
    [']', 'afterValue'],
  ],
  afterValue: [
    [',', 'key'],
    ['}', 'end'],
  ],
};

function readMark(state: State, character: string): void {
  const next = marks[state.mode]?.find(([mark]) => mark === character)?.[1];
  if (next === undefined)
    throw broken(state, marks[state.mode]?.map(([mark]) => mark).join(' or ') ?? 'the end');
  state.at += 1;
  state.mode =
    state.mode === 'afterElement' && next === 'afterValue' && state.member === undefined ? 'end' : next;
}

/** One step; false when more text is needed. */
function step(state: State, final: boolean): boolean {
  if (state.from === -1) while (isSpace(state.buffer.charCodeAt(state.at))) state.at += 1;
  if (state.from === -1 && state.at >= state.buffer.length) return false;
  const character = state.buffer[state.from === -1 ? state.at : state.from] as string;
  switch (state.mode) {
    case 'start':
      readStart(state, character);
      return true;
    case 'firstElement':
    case 'element':
      return readElement(state, character, final);
    case 'firstKey':
    case 'key':
      return readKey(state, character, final);
    case 'value':
      return readMemberValue(state, character, final);
    case 'end':
      throw broken(state, 'the end of the file');
    default:
      readMark(state, character);
      return true;
  }
}

function drop(state: State): void {
  const keep = state.from === -1 ? state.at : state.from;
  state.buffer = state.buffer.slice(keep);
  state.at -= keep;
  state.passed += keep;
  if (state.from !== -1) state.from = 0;
}

/** Throws UNPROCESSABLE with the place of the fault, or for an element beyond 64 Mi characters. */
export function createJsonScanner(): JsonScanner {
  const state: State = {
    mode: 'start',
    buffer: '',
    at: 0,
    from: -1,
    depth: 0,
    inString: false,
    member: undefined,
    passed: 0,
    pieces: [],
  };
  function scan(final: boolean): JsonPiece[] {
    state.pieces = [];
    while (step(state, final)) {}
    if (final && state.mode !== 'end') throw broken(state, 'more JSON');
    drop(state);
    if (state.buffer.length > maxElement) {
      throw new AppError(
        'UNPROCESSABLE',
        `The element that begins at character ${state.passed + 1} is longer than ${maxElement} characters. Split it, or give one record a line (ndjson).`,
      );
    }
    return state.pieces;
  }
  return {
    push(text) {
      state.buffer += text;
      return scan(false);
    },
    end: () => scan(true),
  };
}
