/**
 * Identifiers. MySQL refuses characters beyond the first plane and blanks at
 * the end; such characters rest as ones of the private area, so that every
 * name of ours has exactly one spelling and can be read back.
 */
const firstPrivate = 0xe000;
const firstSurrogate = 0xd800;
/** 0xe000–0xe7ff stand for surrogates, 0xe800 for a blank at the end; 0xe801 goes before one that stands for itself. */
const blank = '\ue800';
const itself = '\ue801';

const isReserved = (code: number): boolean => code >= firstPrivate && code <= 0xe801;

function encodeUnit(unit: string): string {
  const code = unit.charCodeAt(0);
  if (isReserved(code)) return itself + unit;
  return code >= firstSurrogate && code <= 0xdfff
    ? String.fromCharCode(code - firstSurrogate + firstPrivate)
    : unit;
}

/** The name as the database keeps it. */
export function storedName(name: string): string {
  if (/^[\x21-\x7e]+$/.test(name)) return name;
  const blanks = /[ \ue800]*$/.exec(name)?.[0] ?? '';
  const start = name.slice(0, name.length - blanks.length);
  const end = blanks.replaceAll(blank, itself + blank).replaceAll(' ', blank);
  return start.split('').map(encodeUnit).join('') + end;
}

/** The name that is kept so. */
export function readName(stored: string): string {
  if (!/[\ue000-\ue801]/.test(stored)) return stored;
  return stored.replaceAll(/\ue801?[\ue000-\ue801]/g, (found) => {
    if (found.length === 2) return found.slice(1);
    if (found === blank) return ' ';
    return String.fromCharCode(found.charCodeAt(0) - firstPrivate + firstSurrogate);
  });
}

/** A quoted identifier. */
export function quote(identifier: string): string {
  if (identifier.includes('\0')) throw new Error('an identifier holds a NUL character');
  return `\`${storedName(identifier).replaceAll('`', '``')}\``;
}

/** A text inside a statement; the sessions take a backslash for itself. */
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
