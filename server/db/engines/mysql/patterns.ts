/**
 * Case-insensitive matching by our own rule. The server's idea of upper and
 * lower case is another one, so a pattern becomes a regular expression that
 * names every letter it accepts, for a comparison by bytes.
 */

/** Lower case, with one sigma. */
export const fold = (text: string): string => text.toLowerCase().replaceAll('ς', 'σ');

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/** No letter with two forms lies behind it. */
const lastLetter = 0x1efff;
let variants: Map<string, string> | undefined;

/** By a folded character: every character that folds to it. */
function variantsOf(character: string): string {
  if (variants === undefined) {
    variants = new Map();
    for (let code = 0x80; code <= lastLetter; code += 1) {
      if (code === 0xd800) code = 0xe000;
      const letter = String.fromCodePoint(code);
      const folded = fold(letter);
      if (folded !== letter) variants.set(folded, (variants.get(folded) ?? '') + letter);
    }
  }
  return variants.get(character) ?? '';
}

const escapeSign = (character: string): string => {
  if (character === '\0') return '\\x00';
  return /^[!-/:-@[-`{-~]$/.test(character) ? `\\${character}` : character;
};

function oneCharacter(character: string, ascii: boolean): string {
  const upper = /^[a-z]$/.test(character) ? character.toUpperCase() : '';
  const others = ascii ? '' : variantsOf(character);
  return upper + others === '' ? escapeSign(character) : `[${character}${upper}${others}]`;
}

const literally = (text: string, ascii: boolean): string =>
  [...text].map((character) => oneCharacter(character, ascii)).join('');

/** What is to be searched, folded as far as its characters are; `ascii`: no other letters are folded. */
export interface Search {
  readonly regex: string;
  readonly ascii: boolean;
}

/** A pattern's text without its case; ASCII patterns fold ASCII letters only. */
const lowered = (text: string): string =>
  isAscii(text) ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : fold(text);

/** Characters of the longest pattern that the servers compile. */
export const longestRegex = 900;

/**
 * `%` any run, `_` any one character. Each part between runs is looked for
 * once, from left to right, and never again (atomic groups).
 */
export function searchOfPattern(pattern: string): Search {
  const ascii = isAscii(pattern);
  const parts = lowered(pattern)
    .split('%')
    .map((part) =>
      part
        .split('_')
        .map((text) => literally(text, ascii))
        .join('.'),
    );
  const [first = '', ...rest] = parts;
  if (rest.length === 0) return { regex: `(?s)\\A${first}\\z`, ascii };
  const last = rest.pop() as string;
  const inner = rest.filter((part) => part !== '');
  const end = last === '' ? '' : `.*${last}\\z`;
  if (first === '' && end === '' && inner.length <= 1) return { regex: `(?s)${inner[0] ?? ''}`, ascii };
  return { regex: `(?s)\\A${first}${inner.map((part) => `(?>.*?${part})`).join('')}${end}`, ascii };
}

/** An item of a comma separated text. */
export function searchOfItem(item: string): Search {
  const ascii = isAscii(item);
  return { regex: `(?s)(?:\\A|,)${literally(lowered(item), ascii)}(?:,|\\z)`, ascii };
}
