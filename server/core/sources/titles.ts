import { maxTitle } from '../tables/limits.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it looks for
const control = /[\u0000-\u001f\u007f-\u009f]+/g;

/** A physical name as people see it: itself wherever a title may be so. */
function readableName(name: string, fallback: string): string {
  const clean = name.toWellFormed().replace(control, ' ').trim();
  const short = [...clean].slice(0, maxTitle - 8).join('');
  if (short === '__proto__') return '_proto_';
  return short === '' ? fallback : short;
}

/** Titles for names, each once whatever its case: `Name`, `name (2)`. `taken` is in lower case and grows. */
export function titleOf(name: string, fallback: string, taken: Set<string>): string {
  const title = readableName(name, fallback);
  let free = title;
  for (let count = 2; taken.has(free.toLowerCase()); count += 1) free = `${title} (${count})`;
  taken.add(free.toLowerCase());
  return free;
}
