import { request } from '../api/client.ts';
import type { Column, Row } from '../api/shapes.ts';

/** Writes of records in requests the server takes, each request all or nothing. */

/** Records of one request. */
const chunkSize = 2000;

export type Body = Readonly<Record<string, unknown>>;

export const chunksOf = <T>(items: readonly T[], size = chunkSize): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

/** One record alone: a refusal then needs no index. */
const oneOrMany = (bodies: readonly Body[]): unknown => (bodies.length === 1 ? bodies[0] : bodies);

export interface Writes {
  /** Titles of the key. */
  readonly keyTitles: readonly string[];
  /** What tells a record apart, as text. */
  readonly keyOf: (row: Row) => string;
  /** The key as a body names it. */
  readonly keyBody: (key: string) => Body;
  readonly patch: (bodies: readonly Body[]) => Promise<void>;
  /**
   * The keys of the new records, in order.
   * @param keepKeys records that come back bring the keys they had
   */
  readonly insert: (bodies: readonly Body[], keepKeys?: boolean) => Promise<string[]>;
  readonly remove: (keys: readonly string[]) => Promise<void>;
  /** The records as they are now, whatever a view shows; in the order of the keys, without those that are gone. */
  readonly read: (keys: readonly string[], fields?: readonly string[]) => Promise<Row[]>;
}

/** A part of a composite key inside the text of all of them. */
const joinParts = (parts: readonly unknown[]): string =>
  parts.length === 1
    ? String(parts[0])
    : parts.map((part) => String(part).replaceAll('_', '\\_')).join('___');

export function createWrites(tableId: string, columns: readonly Column[]): Writes {
  const path = `/api/v2/tables/${tableId}/records`;
  const keyTitles = columns.filter((column) => column.pk).map((column) => column.title);
  const keyOf = (row: Row): string => JSON.stringify(keyTitles.map((title) => row[title] ?? null));
  const partsOf = (key: string): unknown[] => JSON.parse(key) as unknown[];
  const keyBody = (key: string): Body =>
    Object.fromEntries(partsOf(key).map((part, index) => [keyTitles[index] ?? '', part]));

  /** A text with commas cannot stand in the list of `pks`. */
  async function readOne(key: string, query: Record<string, string>): Promise<Row[]> {
    return [await request<Row>('GET', `${path}/${encodeURIComponent(joinParts(partsOf(key)))}`, { query })];
  }
  async function readMany(keys: readonly string[], query: Record<string, string>): Promise<Row[]> {
    const pks = keys.map((key) => joinParts(partsOf(key))).join(',');
    const { list } = await request<{ list: Row[] }>('GET', path, {
      query: { ...query, pks, limit: keys.length },
    });
    const byKey = new Map(list.map((row) => [keyOf(row), row]));
    return keys.map((key) => byKey.get(key)).filter((row) => row !== undefined);
  }

  return {
    keyTitles,
    keyOf,
    keyBody,
    patch: async (bodies) => {
      await request('PATCH', path, { body: oneOrMany(bodies) });
    },
    insert: async (bodies, keepKeys = false) => {
      if (bodies.length === 0) return [];
      const query = keepKeys ? { keepKeys } : {};
      const answer = await request<Row | Row[]>('POST', path, { body: oneOrMany(bodies), query });
      return (Array.isArray(answer) ? answer : [answer]).map((row) => keyOf(row));
    },
    remove: async (keys) => {
      for (const chunk of chunksOf(keys))
        await request('DELETE', path, { body: chunk.map((key) => keyBody(key)) });
    },
    read: async (keys, fields) => {
      const query: Record<string, string> = fields === undefined ? {} : { fields: fields.join(',') };
      const rows: Row[] = [];
      const single = keys.length === 1 || keys.some((key) => joinParts(partsOf(key)).includes(','));
      for (const chunk of chunksOf(keys, single ? 1 : 100)) {
        const [first = ''] = chunk;
        rows.push(...(single ? await readOne(first, query) : await readMany(chunk, query)));
      }
      return rows;
    },
  };
}
