import type { TestResponse } from './app.ts';

/** Traces of the inside: stacks, files, statements of the database, its own words. */
const inside =
  /\bat (?:async )?[\w.<>]+ \(|\.[tj]s:\d+|node_modules|file:\/\/|\/(?:tmp|work|home|usr)\/|better-sqlite|SQLITE_|SqliteError|\b(?:select|from|insert into|update|delete from|join) "|no such (?:column|table)|near ".*syntax|TypeError|RangeError|ReferenceError|is not a function|of undefined|cannot read prop/i;

/** What is wrong with the body of a refusal (wire §7), or undefined. */
export function wrongRefusal(answer: Pick<TestResponse, 'body' | 'headers' | 'text'>): string | undefined {
  const { body, headers, text } = answer;
  if (!/^application\/json/.test(String(headers['content-type']))) return 'is no JSON';
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return 'is no object';
  if (body.error === 'INVALID_API_VERSION') return undefined;
  if (typeof body.msg !== 'string' || body.msg === '') return 'has no msg';
  if (body.error !== undefined) {
    if (!/^(ERR_[A-Z_]+|FIELD_UNIQUE_CONSTRAINT_VIOLATION)$/.test(body.error)) return 'has an odd code';
    if (typeof body.message !== 'string' || body.message === '') return 'has no message';
  }
  if (text.length > 20_000) return 'is very long';
  return undefined;
}

/** What an answer gives away, or undefined. */
export function leakIn(text: string, secrets: readonly string[] = []): string | undefined {
  const found = inside.exec(text)?.[0];
  if (found !== undefined) return `the inside: ${found}`;
  return secrets.some((secret) => text.includes(secret)) ? 'a secret' : undefined;
}
