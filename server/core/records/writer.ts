import { readDecimal } from '../../../columnTypes/decimals.ts';
import type { User } from '../model.ts';
import type { RawValue, ReadField } from '../ports.ts';

/**
 * Rows to JSON text, for what an engine cannot write itself. The bytes are the
 * same as the engine's: a test compares them.
 */

export type FindUser = (id: string) => User | undefined;

type WriteValue = (value: Exclude<RawValue, null>, findUser: FindUser) => string;

/** A number while a double holds it exactly as written, otherwise its digits as a string. */
function writeNumber(value: string | number | boolean): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
  if (typeof value === 'boolean') return value ? '1' : '0';
  return readDecimal(String(Number(value))) === value ? value : JSON.stringify(value);
}

const isTrue = (value: string | number | boolean): boolean =>
  value !== false && value !== 0 && value !== '0' && value !== '';

function writePerson(id: string, findUser: FindUser): string {
  const user = findUser(id);
  return JSON.stringify({
    id,
    email: user?.email ?? null,
    display_name: user?.displayName ?? null,
    meta: user?.meta ?? null,
  });
}

/** Ids in a people or person cell. */
export const idsIn = (text: string): string[] => text.split(',').filter((id) => id !== '');

/** Stored JSON as it is; what is not JSON must not break the page and goes as text. */
const writeJson: WriteValue = (value) => {
  const text = String(value);
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text); // written past us, by another program
  }
};

const asText: WriteValue = (value) => JSON.stringify(String(value));

/** The engine already gave digits where a double would not hold the integer; a round one must not become a number again. */
const writeInteger: WriteValue = (value) =>
  typeof value === 'string' ? JSON.stringify(value) : writeNumber(value);

function valueWriter(
  { shape, expr }: Pick<ReadField, 'shape'> & Partial<Pick<ReadField, 'expr'>>,
  lists: 'text' | 'array',
): WriteValue {
  switch (shape) {
    case 'string':
      return asText;
    case 'number':
      return expr?.storage === 'integer' ? writeInteger : writeNumber;
    case 'boolean':
      return (value) => (isTrue(value) ? 'true' : 'false');
    case 'json':
      return writeJson;
    case 'list':
      return lists === 'text'
        ? asText
        : (value) => JSON.stringify(value === '' ? [] : String(value).split(','));
    case 'people':
      return (value, findUser) =>
        `[${idsIn(String(value))
          .map((id) => writePerson(id, findUser))
          .join(',')}]`;
    case 'person':
      return (value, findUser) => {
        const [id] = idsIn(String(value));
        return id === undefined ? 'null' : writePerson(id, findUser);
      };
  }
}

export interface RowWriter {
  /** Positions of values that are ids of users. */
  readonly people: readonly number[];
  /** One row as a JSON object. */
  readonly write: (row: readonly RawValue[], findUser: FindUser) => string;
}

/** Compiles the shape once; rows then cost one string each. */
export function createRowWriter(
  fields: readonly (Pick<ReadField, 'key' | 'shape'> & Partial<Pick<ReadField, 'expr'>>)[],
  lists: 'text' | 'array',
): RowWriter {
  const parts = fields.map((field, i) => ({
    prefix: `${i === 0 ? '' : ','}${JSON.stringify(field.key)}:`,
    write: valueWriter(field, lists),
  }));
  const people = fields.flatMap((field, i) =>
    field.shape === 'people' || field.shape === 'person' ? [i] : [],
  );
  return {
    people,
    write(row, findUser) {
      let text = '{';
      for (let i = 0; i < parts.length; i += 1) {
        const part = parts[i];
        if (part === undefined) break;
        const value = row[i] ?? null;
        text += part.prefix + (value === null ? 'null' : part.write(value, findUser));
      }
      return `${text}}`;
    },
  };
}

/** Ids of every person in these rows. */
export function collectPeople(writer: RowWriter, rows: readonly (readonly RawValue[])[]): Set<string> {
  const ids = new Set<string>();
  for (const row of rows) {
    for (const position of writer.people) {
      const value = row[position];
      if (typeof value === 'string') for (const id of idsIn(value)) ids.add(id);
    }
  }
  return ids;
}
