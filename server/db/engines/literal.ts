/** A default of a column where it is a plain literal, as text; an expression has none. */
export function readLiteral(written: string | null): string | null {
  if (written === null) return null;
  const text = written.trim();
  if (/^-?\d+(\.\d+)?$/.test(text)) return text;
  if (/^(true|false)$/i.test(text)) return text.toLowerCase();
  return /^'(?:[^']|'')*'$/.test(text) ? text.slice(1, -1).replaceAll("''", "'") : null;
}
