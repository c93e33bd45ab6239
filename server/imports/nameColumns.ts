/** Longest title, in characters. */
const maxTitle = 255;

/** One line without control characters or lone surrogates. */
function cleanTitle(title: string): string {
  const clean = title
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  return [...clean].slice(0, maxTitle - 10).join(''); // room for ' (2)'
}

/** `title`, or `title (2)`, `title (3)` …, whichever is free; `taken` holds lower-case titles. */
export function freeTitle(title: string, taken: ReadonlySet<string>): string {
  let candidate = title;
  for (let count = 2; taken.has(candidate.toLowerCase()); count += 1) candidate = `${title} (${count})`;
  return candidate;
}

/** Titles that a table can have: no empty one, no two alike in any case; their order is kept. */
export function nameColumns(titles: readonly string[]): string[] {
  const clean = titles.map(cleanTitle);
  const taken = new Set<string>();
  const named: string[] = [];
  for (const [index, title] of clean.entries()) {
    const wanted = title === '' || title === '__proto__' ? `Column ${index + 1}` : title; // no prototype as a JSON key
    const free = freeTitle(wanted, taken);
    taken.add(free.toLowerCase());
    named.push(free);
  }
  return named;
}

/** A table's title from a file name: without folders and ending. */
export function titleOfFile(name: string): string {
  const base = name.split(/[\\/]/).at(-1) ?? '';
  const stem = base.replace(/\.(csv|tsv|tab|txt|json|jsonl|ndjson|sqlite3?|db|xls[xm]?)$/i, '');
  return cleanTitle(stem) || 'Imported table';
}

export { cleanTitle };
