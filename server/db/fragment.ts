/** SQL text with its bound parameters in order. */
export interface Sql {
  readonly text: string;
  readonly params: readonly unknown[];
}

/**
 * A piece of SQL with the parameters that belong between its parts
 * (`parts.length === params.length + 1`). Pieces are joined by the `sql` tag,
 * which takes nothing but pieces: a plain string can never slip into a
 * statement, and a piece that is used twice binds its parameters twice.
 */
export interface Fragment {
  readonly parts: readonly string[];
  readonly params: readonly unknown[];
}

/** SQL text written by us: key words, quoted names, never a value. */
export const raw = (text: string): Fragment => ({ parts: [text], params: [] });

/** One bound parameter, as the driver takes it. */
export const bound = (value: unknown): Fragment => ({ parts: ['', ''], params: [value] });

export function sql(strings: TemplateStringsArray, ...pieces: readonly Fragment[]): Fragment {
  const parts: string[] = [strings[0] as string];
  const params: unknown[] = [];
  pieces.forEach((piece, index) => {
    append(parts, params, piece);
    parts[parts.length - 1] += strings[index + 1] as string;
  });
  return { parts, params };
}

/** The pieces with `separator` between them. */
export function join(pieces: readonly Fragment[], separator: string): Fragment {
  const parts: string[] = [''];
  const params: unknown[] = [];
  pieces.forEach((piece, index) => {
    if (index > 0) parts[parts.length - 1] += separator;
    append(parts, params, piece);
  });
  return { parts, params };
}

function append(parts: string[], params: unknown[], piece: Fragment): void {
  parts[parts.length - 1] += piece.parts[0] as string;
  for (let i = 0; i < piece.params.length; i += 1) {
    params.push(piece.params[i]);
    parts.push(piece.parts[i + 1] as string);
  }
}

/** The finished statement; `placeholder` spells the n-th parameter, from 1. */
export function toSql(fragment: Fragment, placeholder: (n: number) => string): Sql {
  const [first = '', ...rest] = fragment.parts;
  const pieces = [first];
  rest.forEach((part, index) => {
    pieces.push(placeholder(index + 1), part);
  });
  return { text: pieces.join(''), params: fragment.params };
}
