const shownCharacters = 100;

/** A refused value as an error message shows it: at most 100 characters, never an exception. */
export function shorten(value: unknown): string {
  const text =
    typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}
