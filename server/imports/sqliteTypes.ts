import type { ImportedType } from '../core/imports/importedFile.ts';
import { classifyWords, kinds } from './classify.ts';
import {
  type ColumnProfile,
  kindOfNumber,
  newProfile,
  noteKind,
  noteText,
  typeOfProfile,
} from './profile.ts';

/** What a column's declared type promises; SQLite itself promises nothing. */
export type Declared =
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'time'
  | 'json'
  | 'text'
  | 'any';

const words: readonly (readonly [RegExp, Declared])[] = [
  [/BOOL/, 'boolean'],
  [/DATETIME|TIMESTAMP/, 'datetime'],
  [/DATE/, 'date'],
  [/TIME/, 'time'],
  [/JSON/, 'json'],
  [/INT/, 'integer'],
  [/CHAR|CLOB|TEXT|STRING|UUID/, 'text'],
  [/REAL|FLOA|DOUB|NUMERIC|DEC|MONEY|NUMBER/, 'decimal'],
];

export const readDeclared = (type: string): Declared =>
  words.find(([pattern]) => pattern.test(type.toUpperCase()))?.[1] ?? 'any';

/** A value as better-sqlite3 reads it with safe integers. */
export type SqliteValue = string | number | bigint | Buffer | null;

export interface SqliteProfile extends ColumnProfile {
  /** Binary values; they have no place in a table yet. */
  blobs: number;
}

export const newSqliteProfile = (): SqliteProfile => ({ ...newProfile(), blobs: 0 });

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

const textOnly = (): number => kinds.text;
const jsonOrText = (text: string): number => (isJson(text) ? kinds.json : kinds.text);

/** How texts are looked at: a declared text stays text, whatever it looks like. */
function classifierOf(declared: Declared): (text: string) => number {
  if (declared === 'date' || declared === 'datetime' || declared === 'time') return classifyWords;
  return declared === 'json' ? jsonOrText : textOnly;
}

export function noteSqliteValue(profile: SqliteProfile, value: SqliteValue, declared: Declared): void {
  if (value === null) return;
  if (typeof value === 'string') noteText(profile, value, classifierOf(declared));
  else if (typeof value === 'number') noteKind(profile, kindOfNumber(String(value)), String(value).length);
  else if (typeof value === 'bigint') {
    const truth = declared === 'boolean' && (value === 0n || value === 1n);
    noteKind(profile, truth ? kinds.boolean : kinds.integer, String(value).length);
  } else profile.blobs += 1;
}

const typeWhenEmpty: Record<Declared, ImportedType> = {
  integer: 'Number',
  decimal: 'Decimal',
  boolean: 'Checkbox',
  date: 'Date',
  datetime: 'DateTime',
  time: 'Time',
  json: 'JSON',
  text: 'SingleLineText',
  any: 'SingleLineText',
};

/** The declared type where every value fits it, otherwise the narrowest that holds them all. */
export function typeOfColumn(profile: SqliteProfile, declared: Declared): ImportedType {
  let { seen } = profile;
  if (seen === 0) return profile.filled > 0 ? typeOfProfile(profile) : typeWhenEmpty[declared];
  const numbers = kinds.integer | kinds.decimal;
  if ((seen & numbers) !== 0) seen &= ~kinds.boolean; // 0 and 1 are numbers too
  if ((seen & kinds.text) !== 0) seen &= ~kinds.json;
  const type = typeOfProfile({ ...profile, seen });
  if (type === 'Number' && declared === 'decimal') return 'Decimal';
  return type === 'Date' && declared === 'datetime' ? 'DateTime' : type;
}
