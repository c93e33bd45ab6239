import type { Readable, Writable } from 'node:stream';

/** What a command reads and writes. */
export interface Io {
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a command may use. */
export interface Context {
  readonly io: Io;
  readonly env: Environment;
  /** `--json`: results for machines. */
  readonly json: boolean;
}

/** The command was called in a way it does not understand: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const printLine = (stream: Writable, line: string): void => void stream.write(`${line}\n`);

/** A result: `data` as JSON for machines, otherwise the lines. */
export function printResult(context: Context, data: unknown, lines: readonly string[]): void {
  if (context.json) printLine(context.io.stdout, JSON.stringify(data));
  else for (const line of lines) printLine(context.io.stdout, line);
}

/** Rows as columns of equal width. */
export function tabulate(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Longest secret read from a pipe, in characters. */
const longestLine = 10_000;

/** The first line of stdin, for secrets that must not stand on a command line. */
export async function readSecretLine(io: Io): Promise<string> {
  let text = '';
  for await (const chunk of io.stdin) {
    text += String(chunk);
    if (text.includes('\n') || text.length > longestLine) break;
  }
  const line = text.split('\n', 1)[0]?.replace(/\r$/, '') ?? '';
  if (line === '')
    throw new UsageError('Nothing came on standard input. Pipe the password into the command.');
  return line;
}
