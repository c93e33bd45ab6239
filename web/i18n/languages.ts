/** Languages by their tags, as BCP 47 writes them: `en`, `fr`, `pt-BR`. */

/** `./pt-BR.json` → `pt-BR`. */
export const tagOfFile = (path: string): string => path.replace(/^.*\//, '').replace(/\.json$/, '');

const primary = (tag: string): string => tag.toLowerCase().split('-', 1)[0] ?? '';

/** The first wanted language there is, exactly or by its first part; English when there is none of them. */
export function chooseLanguage(wanted: readonly string[], known: readonly string[]): string {
  for (const tag of wanted) {
    const found =
      known.find((each) => each.toLowerCase() === tag.toLowerCase()) ??
      known.find((each) => each === primary(tag)) ??
      known.find((each) => primary(each) === primary(tag));
    if (found !== undefined) return found;
  }
  return 'en';
}

/** What a language calls itself: `Français`. */
export function nameOfLanguage(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  const [first = '', ...rest] = name;
  return first.toLocaleUpperCase(tag) + rest.join('');
}
